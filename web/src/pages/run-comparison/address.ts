import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { RunComparisonSearch } from "../../search.js";

export const runComparisonRoute = getRouteApi("/projects/$project/runs/compare");

export const useRunComparisonAddress = () => useAddress<RunComparisonSearch>(runComparisonRoute);
