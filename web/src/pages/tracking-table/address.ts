import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { TrackingSearch } from "../../search.js";

export const trackingRoute = getRouteApi("/projects/$project");

export const useTrackingAddress = () => useAddress<TrackingSearch>(trackingRoute);
