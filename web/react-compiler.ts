import { transformAsync } from "@babel/core";
import type { Plugin } from "vite";

/**
 * Has React Compiler keep what a component drew for the same properties, so that a click draws anew only what
 * depends on it.
 */
export function reactCompiler(): Plugin {
  return {
    name: "react-compiler",
    enforce: "pre",
    transform: {
      filter: { id: /\/web\/src\/.*(\.tsx|\/use-[^/]+\.ts)$/ },
      async handler(code, id) {
        const compiled = await transformAsync(code, {
          filename: id,
          plugins: ["babel-plugin-react-compiler"],
          parserOpts: { plugins: ["typescript", "jsx"] },
          babelrc: false,
          configFile: false,
          sourceMaps: true,
        });
        return compiled?.code ? { code: compiled.code, map: compiled.map } : undefined;
      },
    },
  };
}
