import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { ModelsSearch } from "../../search.js";

export const useModelsAddress = () => useAddress<ModelsSearch>(getRouteApi("/models"));
