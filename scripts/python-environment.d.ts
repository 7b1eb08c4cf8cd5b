export function pythonEnvironment(root: string, file?: string): { python: string } | { missing: string };
