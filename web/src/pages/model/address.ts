import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { ModelSearch } from "../../search.js";

export const modelRoute = getRouteApi("/models/$model");

export const useModelAddress = () => useAddress<ModelSearch>(modelRoute);
