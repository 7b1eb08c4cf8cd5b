import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { RunSearch } from "../../search.js";

export const runRoute = getRouteApi("/runs/$run");

export const useRunAddress = () => useAddress<RunSearch>(runRoute);
