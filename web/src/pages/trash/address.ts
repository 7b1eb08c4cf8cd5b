import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { TrashSearch } from "../../search.js";

const trashRoute = getRouteApi("/trash");

export const useTrashAddress = () => useAddress<TrashSearch>(trashRoute);
