import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { ExploreSearch } from "../../search.js";

export const exploreRoute = getRouteApi("/projects/$project/explore");

export const useExploreAddress = () => useAddress<ExploreSearch>(exploreRoute);
