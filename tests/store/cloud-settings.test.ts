import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";

import { gcsStore } from "../../src/store/gcs-store.js";
import { openStore } from "../../src/store/open-store.js";
import { s3Store } from "../../src/store/s3-store.js";
import { projectRoot, runNode } from "../support/built-package.js";
import { testProxy } from "../support/fault-proxy.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const nobody = "http://127.0.0.1:9";
const hasty = { deadline: 100, firstWait: 5, longestWait: 50, oneRequest: 20_000 };

describe("the address of a bucket", () => {
  it.each([
    ["gs://team", "gs://team"],
    ["gs://team/", "gs://team"],
    ["gs://team/a/b//", "gs://team/a/b"],
    ["S3://my.bucket-1/ünï codé #1", "s3://my.bucket-1/ünï codé #1"],
  ])("%s names the store %s", (given, address) => {
    expect(openStore(given).address).toBe(address);
  });

  it.each([
    "gs://",
    "gs:///prefix",
    "gs://Team",
    "gs://team/a//b",
    "gs://team/../b",
    "s3://b/a\nb",
    "s3://x",
  ])("%j is refused with the way out", (given) => {
    expect(() => openStore(given)).toThrow(
      expect.objectContaining({ code: "INVALID_STORE", message: expect.stringMatching(/prefix/i) }),
    );
  });

  it("opens one store a process, so that what it learnt holds for the next call", () => {
    expect(openStore("gs://team/x")).toBe(openStore("gs://team/x"));
    vi.stubEnv("STORAGE_EMULATOR_HOST", nobody);
    const emulated = openStore("gs://team/x");
    vi.unstubAllEnvs();
    expect(openStore("gs://team/x")).not.toBe(emulated);
  });
});

describe("a bucket that cannot be used", () => {
  it("says which credentials Google's storage wants", async () => {
    const folder = await temporaryFolder();
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", join(folder, "not-there.json"));
    await expect(
      gcsStore("gs://team", { patience: hasty, emulator: "" }).list("tracking"),
    ).rejects.toMatchObject({
      code: "STORE_NOT_READABLE",
      message: expect.stringMatching(
        /there are no credentials .*not-there\.json.*gcloud auth application-default login/s,
      ),
    });
    vi.unstubAllEnvs();
  });

  it("says which credentials S3 wants", async () => {
    const folder = await temporaryFolder();
    const none = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"];
    for (const name of none) vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "none"));
    vi.stubEnv("AWS_CONFIG_FILE", join(folder, "none"));
    await expect(
      s3Store("s3://team", { patience: hasty, endpoint: nobody }).list("tracking"),
    ).rejects.toMatchObject({
      code: "STORE_NOT_READABLE",
      message: expect.stringMatching(/there are no credentials .*AWS_PROFILE/),
    });
    vi.unstubAllEnvs();
  });

  it("says which region its bucket is in", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "x");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "x");
    const proxy = await testProxy(nobody, {
      answer: () => ({
        status: 301,
        headers: { "x-amz-bucket-region": "eu-central-1", "Content-Type": "application/xml" },
        body: "<Error><Code>PermanentRedirect</Code><Message>ask elsewhere</Message></Error>",
      }),
    });
    await expect(s3Store("s3://team", { endpoint: proxy.url }).list("tracking")).rejects.toMatchObject({
      code: "STORE_NOT_READABLE",
      message: expect.stringContaining("set AWS_REGION to the bucket's region, eu-central-1"),
    });
    vi.unstubAllEnvs();
  });

  it.each([
    ["gs://team", "npm install google-auth-library"],
    ["s3://team", "npm install @aws-sdk/client-s3"],
  ])("says what to install for %s", async (address, command) => {
    // The package as it is without its optional parts.
    const folder = await temporaryFolder();
    await cp(join(projectRoot, "dist"), join(folder, "dist"), { recursive: true });
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await mkdir(join(folder, "node_modules"));
    await symlink(
      join(projectRoot, "node_modules", "@duckdb"),
      join(folder, "node_modules", "@duckdb"),
      "junction",
    );
    const { status, talk } = await runNode([join(folder, "dist", "cli.js"), "projects", "--store", address]);
    expect(status).toBe(1);
    expect(talk).toContain(`which is not installed; run: ${command}`);
  });
});
