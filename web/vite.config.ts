import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { reactCompiler } from "./react-compiler.js";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [reactCompiler(), react()],
  // Relative to the page's <base>: a proxy may show the pages under any path.
  base: "./",
  build: {
    outDir: "../dist/pages",
    emptyOutDir: true,
    // A data: address would be a second place for a picture; the content security policy wants files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
});
