import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { ExperimentSearch } from "../../search.js";

export const experimentRoute = getRouteApi("/experiments/$id");

export const useExperimentRoute = () => useAddress<ExperimentSearch>(experimentRoute);
