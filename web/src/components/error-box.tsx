import { Alert } from "@mantine/core";
import { ApiError } from "../api/fetch-json.js";
import { PageLink } from "./page-link.js";

/** What went wrong, in the server's own words, and the way out. */
export function ErrorBox({ error }: { error: Error }) {
  const unknown = error instanceof ApiError && error.status === 404;
  const title = unknown
    ? "Not found in this store"
    : error instanceof ApiError
      ? "The request failed"
      : "The server does not answer";
  return (
    <Alert color={unknown ? "orange" : "red"} title={title} role="alert">
      {error instanceof ApiError
        ? error.message
        : "Start it again with ml-tracking dashboard; this page reconnects by itself."}{" "}
      {unknown && (
        <PageLink to="/" size="sm">
          See all projects
        </PageLink>
      )}
    </Alert>
  );
}
