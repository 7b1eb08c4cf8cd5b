import { randomBytes } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { isError } from "../tracking-error.js";

import type { Patience } from "./attempts.js";
import { parseBucketAddress } from "./bucket-address.js";
import {
  type BucketApi,
  BucketFailure,
  type FailureKind,
  type PlaceWords,
  type PutCondition,
  partSize,
} from "./bucket-api.js";
import { bucketStore } from "./bucket-store.js";
import { optionalLibrary } from "./optional-library.js";
import type { Store, StoreFile } from "./store.js";

const words: PlaceWords = {
  credentials: "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run: aws configure sso",
  permissions: {
    list: "s3:ListBucket",
    read: "s3:GetObject, and s3:ListBucket, without which S3 does not tell a missing file from a forbidden one",
    create: "s3:PutObject",
    append: "s3:PutObject",
    remove: "s3:PutObject and s3:DeleteObject",
  },
};

export interface S3Options {
  patience?: Patience;
  /**
   * Another server than Amazon's; by default what the variables AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL name.
   */
  endpoint?: string | undefined;
}

/** A store in Amazon S3 or a server that speaks its protocol, at `s3://bucket/prefix`. */
export function s3Store(
  text: string,
  { patience, endpoint = endpointOf(process.env) }: S3Options = {},
): Store {
  const { address, bucket, prefix } = parseBucketAddress(text);
  return bucketStore(
    { address, prefix, server: endpoint ?? "", words, open: () => openS3(bucket, endpoint) },
    patience,
  );
}

function endpointOf(environment: NodeJS.ProcessEnv): string | undefined {
  return environment["AWS_ENDPOINT_URL_S3"] || environment["AWS_ENDPOINT_URL"] || undefined;
}

/**
 * The S3 API by Amazon's library. One long function, since every request closes over the one client and its
 * classes, which are loaded with it.
 */
async function openS3(bucket: string, endpoint: string | undefined): Promise<BucketApi> {
  const sdk = await optionalLibrary(
    "@aws-sdk/client-s3",
    "stores at s3:// need",
    () => import("@aws-sdk/client-s3"),
  );
  const client = await openClient(sdk.S3Client, endpoint);

  /** One request; 412 and missing objects are answers, not failures. */
  const ask = async <T>(request: Promise<T>): Promise<T | "refused" | "missing"> => {
    try {
      return await request;
    } catch (error) {
      const { status, code, message } = told(error);
      if (status === 412 || status === 409) return "refused";
      if (code === "NoSuchKey" || code === "NotFound" || code === "NoSuchUpload") return "missing";
      throw new BucketFailure(kindOf(status, code), regionHint(error) ?? message, { cause: error });
    }
  };
  const answered = async <T extends object>(request: Promise<T>): Promise<T> => {
    const answer = await ask(request);
    if (typeof answer === "string") throw new BucketFailure("other", `unexpected answer: ${answer}`);
    return answer;
  };

  const head = async (name: string, abortSignal: AbortSignal) => {
    const answer = await ask(
      client.send(new sdk.HeadObjectCommand({ Bucket: bucket, Key: name }), { abortSignal }),
    );
    if (typeof answer === "string") return undefined;
    return { ...fileOf({ ...answer, Size: answer.ContentLength }), writer: answer.Metadata?.["writer"] };
  };

  return {
    noVersion: '"00000000000000000000000000000000"',

    async get(name, range, abortSignal) {
      const input = {
        Bucket: bucket,
        Key: name,
        ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end - 1}` }),
      };
      let answer: Awaited<ReturnType<typeof get>> | "refused" | "missing";
      const get = async () => {
        const found = await client.send(new sdk.GetObjectCommand(input), { abortSignal });
        const bytes = (await found.Body?.transformToByteArray()) ?? new Uint8Array(0);
        return { bytes, length: found.ContentLength, version: found.ETag ?? "" };
      };
      try {
        answer = await ask(get());
      } catch (error) {
        const cause = error instanceof BucketFailure ? error.cause : undefined;
        // The range begins behind the end of the object.
        if (told(cause).status === 416) return { bytes: new Uint8Array(0), version: "" };
        throw error;
      }
      if (typeof answer === "string") return undefined;
      const { bytes, length, version } = answer;
      if (length !== undefined && length !== bytes.length) {
        throw new BucketFailure("passing", `a file did not come whole (${bytes.length} of ${length} bytes)`);
      }
      return { bytes, version };
    },

    async head(name, signal) {
      const found = await head(name, signal);
      return found && { size: found.size, version: found.version, modified: found.modified };
    },

    async list({ prefix, delimited, token }, abortSignal) {
      const page = await answered(
        client.send(
          new sdk.ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix,
            ...(delimited ? { Delimiter: "/" } : {}),
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
          { abortSignal },
        ),
      );
      return {
        objects: (page.Contents ?? []).map((item) => ({ name: item.Key ?? "", ...fileOf(item) })),
        folders: (page.CommonPrefixes ?? []).map((item) => item.Prefix ?? ""),
        token: page.NextContinuationToken,
      };
    },

    async put(name, bytes, condition, abortSignal) {
      const answer = await ask(
        client.send(
          new sdk.PutObjectCommand({
            Bucket: bucket,
            Key: name,
            Body: bytes,
            ContentType: contentTypeOf(name),
            ...conditionOf(condition),
          }),
          { abortSignal },
        ),
      );
      return typeof answer === "string" ? answer : { version: answer.ETag ?? "" };
    },

    async putParts(name, parts, attempt, { replacing }) {
      const writer = randomBytes(12).toString("hex");
      const object = { Bucket: bucket, Key: name };
      const { UploadId } = await attempt((abortSignal) =>
        answered(
          client.send(
            new sdk.CreateMultipartUploadCommand({
              ...object,
              ContentType: contentTypeOf(name),
              Metadata: { writer },
            }),
            { abortSignal },
          ),
        ),
      );
      const upload = { ...object, UploadId };
      try {
        const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
        for await (const part of parts) {
          const PartNumber = Parts.length + 1;
          const { ETag } = await attempt(
            (abortSignal) =>
              answered(
                client.send(new sdk.UploadPartCommand({ ...upload, PartNumber, Body: part }), {
                  abortSignal,
                }),
              ),
            partSize,
          );
          Parts.push({ ETag, PartNumber });
        }
        return await attempt(async (abortSignal) => {
          const command = new sdk.CompleteMultipartUploadCommand({
            ...upload,
            MultipartUpload: { Parts },
            ...(replacing ? {} : conditionOf({ absent: true })),
          });
          const answer = await ask(client.send(command, { abortSignal }));
          if (typeof answer !== "string") return { version: answer.ETag ?? "" };
          // Refused, or the upload is no longer there: an answer to this very request may have been lost
          // before.
          const found = await head(name, abortSignal);
          if (found?.writer === writer) return { version: found.version };
          if (found && !replacing) {
            await client.send(new sdk.AbortMultipartUploadCommand(upload), { abortSignal }).catch(() => {}); // its parts expire by the bucket's rule
            return "refused";
          }
          throw new BucketFailure("passing", "the end of an upload met another writer of the same name");
        });
      } catch (error) {
        await client.send(new sdk.AbortMultipartUploadCommand(upload)).catch(() => {}); // the first error is the one to tell
        throw error;
      }
    },

    async remove(name, version, abortSignal) {
      const object = { Bucket: bucket, Key: name };
      const remove = (condition: { IfMatch?: string }) =>
        ask(client.send(new sdk.DeleteObjectCommand({ ...object, ...condition }), { abortSignal }));
      let answer: Awaited<ReturnType<typeof remove>>;
      try {
        answer = await remove({ IfMatch: version });
      } catch (error) {
        // Servers that do not know the condition for a removal say so.
        if (!(error instanceof BucketFailure) || told(error.cause).code !== "NotImplemented") throw error;
        answer = await remove({});
      }
      return typeof answer === "string" ? answer : "removed";
    },
  };
}

function conditionOf(condition: PutCondition | undefined): { IfNoneMatch?: string; IfMatch?: string } {
  if (condition === undefined) return {};
  return "absent" in condition ? { IfNoneMatch: "*" } : { IfMatch: condition.version };
}

async function openClient(Client: typeof S3Client, endpoint: string | undefined): Promise<S3Client> {
  const settings = {
    // Its own way of trying again does not know which writes are conditional.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 10_000 },
    // Keeps to the server that was named; at Amazon, a bucket of another region is asked there.
    ...(endpoint === undefined ? { followRegionRedirects: true } : { endpoint, forcePathStyle: true }),
  };
  // Its warning that releases of 2027 will need a newer Node.js would come with every command; nothing
  // follows from it here.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const client = new Client(settings);
  try {
    await client.config.region();
    return client;
  } catch {
    client.destroy();
    return new Client({ ...settings, region: "us-east-1" });
  }
}

function fileOf(item: {
  Size?: number | undefined;
  ETag?: string | undefined;
  LastModified?: Date | undefined;
}): StoreFile {
  return { size: item.Size ?? 0, version: item.ETag ?? "", modified: item.LastModified ?? new Date(0) };
}

function contentTypeOf(name: string): string {
  return name.endsWith(".csv") ? "text/csv" : "application/octet-stream";
}

/** What an error of the library tells. */
function told(error: unknown): { status: number | undefined; code: string; message: string } {
  if (!isError(error)) return { status: undefined, code: "", message: String(error) };
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  const text = error.message && error.message !== "UnknownError" ? error.message : code;
  return {
    status,
    code: error.name === "Error" ? code : error.name,
    message: status === undefined ? text : `${status} ${text}`,
  };
}

/** What to do where the bucket is in another region than the one that was asked. */
function regionHint(error: unknown): string | undefined {
  const { status, code, message } = told(error);
  if (status !== 301 && code !== "AuthorizationHeaderMalformed") return undefined;
  const { $response, Region } = error as {
    $response?: { headers?: Record<string, string> };
    Region?: string;
  };
  const region = $response?.headers?.["x-amz-bucket-region"] ?? Region;
  return `${message}; set AWS_REGION to the bucket's region${region === undefined ? "" : `, ${region}`}`;
}

function kindOf(status: number | undefined, code: string): FailureKind {
  if (status === 429 || code === "SlowDown") return "busy";
  if (code === "NoSuchBucket") return "no-bucket";
  if (code === "CredentialsProviderError" || code === "TokenProviderError") return "no-credentials";
  if (status === undefined || status < 300 || status === 408 || status >= 500) return "passing";
  if (code === "RequestTimeout") return "passing"; // with status 400
  if (status === 401 || status === 403) return "denied";
  return "other";
}
