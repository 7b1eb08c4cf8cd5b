export function pythonEnvironment(root: string): { python: string } | { missing: string };
