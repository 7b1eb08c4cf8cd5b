import { ActionIcon, Alert, AppShell, Burger, Button, Group, Kbd } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";

import { statusQuery } from "../../api/queries.js";
import { NoticeProvider } from "../notice.js";
import { PageLink } from "../page-link.js";
import { capital } from "../show-cell.js";
import { ColorSchemeSwitch } from "./color-scheme-switch.js";
import { ProjectPicker } from "./project-picker.js";
import classes from "./shell.module.css";
import { SideBar } from "./side-bar.js";
import { useCurrentProject } from "./use-current-project.js";
import { type Opened, useShellKeys } from "./use-shell-keys.js";

const loadPalette = () => import("../palette/command-palette.js");
const CommandPalette = lazy(loadPalette);
const KeyboardHelp = lazy(() => import("./keyboard-help.js"));

/** When the first page is surely there, in milliseconds. */
const paletteLoadedAfter = 2_000;

/**
 * What every page has: the side bar, the way to everything by its name, word of what is wrong with the store.
 */
export function Shell() {
  const project = useCurrentProject();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [isFolded, setFolded] = useLocalStorage({ key: "ml-tracking-side-bar-folded", defaultValue: false });
  const [opened, setOpened] = useState<Opened>();
  useShellKeys(setOpened);
  const { pathname } = useLocation();
  useEffect(() => setDrawerOpen(false), [pathname]);
  useEffect(() => {
    // So that what is typed right after Ctrl-K gets into it.
    const timer = setTimeout(() => void loadPalette(), paletteLoadedAfter);
    return () => clearTimeout(timer);
  }, []);
  const close = () => setOpened(undefined);
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 216, breakpoint: "lg", collapsed: { mobile: !isDrawerOpen, desktop: isFolded } }}
      padding={0}
      transitionDuration={0}
    >
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
        <Group h="100%" px="sm" gap="sm" wrap="nowrap">
          <Burger
            hiddenFrom="lg"
            size="sm"
            opened={isDrawerOpen}
            onClick={() => setDrawerOpen(!isDrawerOpen)}
            aria-label={isDrawerOpen ? "Close the side bar" : "Open the side bar"}
          />
          <Burger
            visibleFrom="lg"
            size="sm"
            opened={false}
            onClick={() => setFolded(!isFolded)}
            aria-label={isFolded ? "Show the side bar" : "Hide the side bar"}
            aria-expanded={!isFolded}
          />
          <PageLink to="/" fw={700} c="inherit" underline="never" visibleFrom="xs" className={classes.brand}>
            ml-tracking
          </PageLink>
          <div className={classes.headPicker} data-folded={isFolded}>
            <ProjectPicker project={project} />
          </div>
          <Button
            variant="default"
            size="xs"
            ml="auto"
            fw={400}
            visibleFrom="sm"
            onClick={() => setOpened("palette")}
            rightSection={<Kbd size="xs">{modifier()} K</Kbd>}
          >
            Go to …
          </Button>
          <ActionIcon
            variant="default"
            size={30}
            ml="auto"
            hiddenFrom="sm"
            onClick={() => setOpened("palette")}
            aria-label="Go to …"
          >
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
              <path d="m10.5 10.5 4 4" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            visibleFrom="sm"
            onClick={() => setOpened("keys")}
            aria-label="Keyboard help"
          >
            ?
          </ActionIcon>
          <ColorSchemeSwitch />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        aria-label="Pages"
        className={classes.bar}
        data-folded={isFolded}
        data-drawer={isDrawerOpen ? "open" : "closed"}
      >
        <SideBar project={project} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <StoreState />
        <NoticeProvider>
          <Outlet />
        </NoticeProvider>
      </AppShell.Main>
      <Suspense>
        {opened === "palette" && (
          <CommandPalette project={project} onClose={close} onKeys={() => setOpened("keys")} />
        )}
        {opened === "keys" && <KeyboardHelp onClose={close} />}
      </Suspense>
    </AppShell>
  );
}

/** How the key that is held with others is called on this machine. */
function modifier(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
}

function StoreState() {
  const { data: status, isError } = useQuery(statusQuery());
  return (
    <>
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
    </>
  );
}
