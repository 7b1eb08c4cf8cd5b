export function pythonEnvironment(
  root: string,
  file?: string,
  options?: { complete?: boolean },
): { python: string } | { missing: string };
