import {
  ActionIcon,
  Alert,
  AppShell,
  Group,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { statusQuery } from "../api/queries.js";
import { PageLink } from "./page-link.js";
import { capital } from "./show-cell.js";

/**
 * What every page has: the header, word of what is wrong with the store, and the switch between light and
 * dark.
 */
export function Shell() {
  const { data: status, isError } = useQuery(statusQuery());
  return (
    <AppShell header={{ height: 48 }} padding={0}>
      <a
        className="skip-link"
        href="#content"
        onClick={(event) => {
          event.preventDefault(); // the page's <base> makes of it an address of another page
          document.getElementById("content")?.focus();
        }}
      >
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <PageLink to="/" fw={700} c="inherit" underline="never" style={{ whiteSpace: "nowrap" }}>
            ml-tracking
          </PageLink>
          <Text size="xs" c="dimmed" truncate title={status?.store}>
            {status?.store}
          </Text>
          <ColorSchemeSwitch />
        </Group>
      </AppShell.Header>
      <AppShell.Main id="content" tabIndex={-1}>
        {isError && (
          <Alert color="red" title="The server does not answer" radius={0}>
            Start it again with ml-tracking dashboard; this page reconnects by itself.
          </Alert>
        )}
        {status?.stale && (
          <Alert color="orange" title="The store cannot be read now" radius={0}>
            {capital(status.reason ?? "")}.{status.refreshed_at !== null && " What you see was read before."}
          </Alert>
        )}
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function ColorSchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      onClick={() => setColorScheme(other)}
      aria-label={`Switch to ${other} colours`}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M9 2a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </ActionIcon>
  );
}
