/** The error codes that MLflow's client knows and we answer with, each with its HTTP status. */
const statusOf = {
  INVALID_PARAMETER_VALUE: 400,
  RESOURCE_ALREADY_EXISTS: 400, // not 409: the client goes by the code
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  PERMISSION_DENIED: 403,
  UNAUTHENTICATED: 401,
  INTERNAL_ERROR: 500,
  NOT_IMPLEMENTED: 501,
  TEMPORARILY_UNAVAILABLE: 503,
} as const;

export type MlflowErrorCode = keyof typeof statusOf;

/** What MLflow's client is told when its call fails; the client shows `message` and goes by `errorCode`. */
export class MlflowError extends Error {
  override readonly name = "MlflowError";
  readonly errorCode: MlflowErrorCode;

  constructor(errorCode: MlflowErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.errorCode = errorCode;
  }

  /** The HTTP status. */
  get status(): (typeof statusOf)[MlflowErrorCode] {
    return statusOf[this.errorCode];
  }

  /** The body of the answer. */
  get body(): { error_code: MlflowErrorCode; message: string } {
    return { error_code: this.errorCode, message: this.message };
  }
}

/** A parameter is missing, ill-typed or beyond a limit: status 400. */
export function invalidParameter(message: string): MlflowError {
  return new MlflowError("INVALID_PARAMETER_VALUE", message);
}

/** There is no such experiment, run, model or artifact: status 404. */
export function doesNotExist(message: string): MlflowError {
  return new MlflowError("RESOURCE_DOES_NOT_EXIST", message);
}

/** The name is taken: status 400. */
export function alreadyExists(message: string): MlflowError {
  return new MlflowError("RESOURCE_ALREADY_EXISTS", message);
}

/** MLflow has this call and we do not: status 501. */
export function notImplemented(message: string): MlflowError {
  return new MlflowError("NOT_IMPLEMENTED", message);
}
