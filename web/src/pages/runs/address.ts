import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { RunsSearch } from "../../search.js";

export const runsRoute = getRouteApi("/projects/$project/runs");

export const useRunsAddress = () => useAddress<RunsSearch>(runsRoute);
