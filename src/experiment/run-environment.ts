import { findGitRoot, gitState } from "./git-state.js";

export {};
