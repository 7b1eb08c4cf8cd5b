import { getRouteApi } from "@tanstack/react-router";

import { useAddress } from "../../components/address.js";
import type { ProjectsSearch } from "../../search.js";

export const projectsRoute = getRouteApi("/");

export const useProjectsAddress = () => useAddress<ProjectsSearch>(projectsRoute);
