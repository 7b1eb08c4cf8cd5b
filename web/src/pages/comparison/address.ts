import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { ComparisonSearch } from "../../search.js";

export const comparisonRoute = getRouteApi("/compare");

export const useComparisonAddress = () => useAddress<ComparisonSearch>(comparisonRoute);
