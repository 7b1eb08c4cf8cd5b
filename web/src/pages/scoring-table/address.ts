import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { ScoringSearch } from "../../search.js";

export const scoringRoute = getRouteApi("/projects/$project/scores");

export const useScoringAddress = () => useAddress<ScoringSearch>(scoringRoute);
