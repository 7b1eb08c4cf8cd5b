import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { viewsQuery } from "../../api/queries.js";
import { hasLook, searchOfView } from "../../components/view-search.js";
import { useTrackingAddress } from "./address.js";

/** Opens a project with its default view, where the address does not say how the table looks. */
export function useDefaultView(project: string): void {
  const { search, change } = useTrackingAddress();
  const { data } = useQuery(viewsQuery(project));
  const opened = useRef<string>(undefined);
  useEffect(() => {
    if (!data || opened.current === project) return;
    opened.current = project;
    const view = data.views.find(({ name }) => name === data.default_view);
    if (view && !hasLook(search)) change(searchOfView(view.name, view.state), true);
  }, [data, project]);
}
