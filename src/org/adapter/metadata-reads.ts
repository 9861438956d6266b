import type { Row } from '../../observation/question.js';
import type { Read } from '../port.js';
import type { RawFailure } from '../failure.js';
import { refusedOrThrown } from './batch.js';
import { asRequestFailure, garbage, repeatRead, RequestFailure, type Transport } from './transport.js';

/** readMetadata takes 10 components, listMetadata 3 types (Metadata API guide). */
const readSize = 10;
const listSize = 3;

/** Declared state of components; absent ones answer null. */
export async function readMetadata(
  transport: Transport,
  type: string,
  fullNames: readonly string[],
): Promise<ReadonlyArray<Read<Row | null>>> {
  const chunks = await Promise.all(inChunks(fullNames, readSize).map((names) => readChunk(transport, type, names)));
  return chunks.flat();
}

/** Full names of all components of each type. */
export async function listMetadata(
  transport: Transport,
  types: readonly string[],
): Promise<ReadonlyArray<Read<readonly string[]>>> {
  const chunks = await Promise.all(inChunks(types, listSize).map((chunk) => listChunk(transport, chunk)));
  return chunks.flat();
}

async function readChunk(
  transport: Transport,
  type: string,
  fullNames: readonly string[],
): Promise<ReadonlyArray<Read<Row | null>>> {
  const answer = await soapRead<readonly unknown[]>(async () => {
    const components = await transport.connection.metadata.read(type as MetadataType, [...fullNames]);
    // Absent components come as nil; no component at all is what the library makes of an answer that it cannot read.
    if (components.length === 0) throw new RequestFailure(garbage(components));
    return components;
  });
  if (!answer.ok) return fullNames.map(() => answer);
  const found = answer.value.filter(isComponent);
  return fullNames.map((fullName) => ({ ok: true, value: named(fullName, found) }));
}

/** An org may spell a name in other letter case than it is asked for. */
function named(name: string, components: readonly Component[]): Component | null {
  const alike = components.filter(({ fullName }) => fullName.toLowerCase() === name.toLowerCase());
  return alike.find(({ fullName }) => fullName === name) ?? alike[0] ?? null;
}

async function listChunk(
  transport: Transport,
  types: readonly string[],
): Promise<ReadonlyArray<Read<readonly string[]>>> {
  const answer = await soapRead(async () => transport.connection.metadata.list(types.map((type) => ({ type }))));
  return types.map((type) =>
    answer.ok
      ? { ok: true, value: answer.value.filter((file) => file.type === type).map((file) => file.fullName) }
      : answer,
  );
}

type MetadataType = Parameters<Transport['connection']['metadata']['read']>[0];

async function soapRead<T>(call: () => Promise<T>): Promise<Read<T>> {
  try {
    return { ok: true, value: await repeatRead(async () => soapCall(call)) };
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    return refusedOrThrown(error.failure);
  }
}

/** Every SOAP fault comes with status 500; its code tells whether it was a refusal. */
async function soapCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await asRequestFailure(call);
  } catch (error) {
    if (!(error instanceof RequestFailure) || !isRefusal(error.failure)) throw error;
    const errorCode = error.failure.errorCode.replace(/^sf:/, '');
    throw new RequestFailure({ ...error.failure, errorCode, status: 400 });
  }
}

function isRefusal(failure: RawFailure): boolean {
  return failure.kind === 'answer' && !/^ERROR_HTTP_|UNKNOWN_EXCEPTION|SERVER_UNAVAILABLE/.test(failure.errorCode);
}

type Component = Row & { readonly fullName: string };

function isComponent(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && 'fullName' in value && typeof value.fullName === 'string';
}

function inChunks<T>(items: readonly T[], size: number): ReadonlyArray<readonly T[]> {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
