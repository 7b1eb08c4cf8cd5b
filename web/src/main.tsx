import "@mantine/core/styles.css";
import "./page.css";

import { createTheme, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { ApiError } from "./api/fetch-json.js";
import { listenForChanges } from "./api/live-updates.js";
import { followMlflowLinks } from "./mlflow-links.js";
import { router } from "./router.js";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      // What the server refuses stays refused; a server that does not answer may come back.
      retry: (failures, error) => !(error instanceof ApiError) && failures < 3,
    },
  },
});
listenForChanges(client);
followMlflowLinks(router.history);

const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? "";
const theme = createTheme({
  primaryColor: "blue",
  // The usual shade of light is too faint under white letters.
  primaryShade: 8,
  defaultRadius: "sm",
  fontFamily: "system-ui, sans-serif",
});

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
