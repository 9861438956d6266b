import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import { SalesforceError } from '../org/errors.ts';
import { formatId } from '../storage/record-id.ts';
import { ComponentRecords, isoDate } from './component-records.ts';
import { createComponentTypes } from './components/component-types.ts';
import { everything } from './components/component-type.ts';
import type { NamedComponents } from './components/named-components.ts';
import { requireMetadataAccess } from './components/permissions-of-deployer.ts';
import { Deployments } from './deployment/deployments.ts';
import { execute } from './deployment/execute.ts';
import type {
  AsyncResult,
  CancelDeployResult,
  DeployOptions,
  DeployResult,
  DeployTicket,
  DescribeMetadataResult,
  FileProperties,
  ListMetadataQuery,
  ReadRecord,
  RemoveRequest,
  RetrieveRequest,
  RetrieveResult,
  SaveRequest,
  SaveResult,
} from './messages.ts';
import { childDescription, typeDescription, typeDescriptions } from './registry.ts';
import { ComponentFiles } from './retrieval/component-files.ts';
import { fileProperties } from './retrieval/file-properties.ts';
import { Retrievals } from './retrieval/retrievals.ts';
import { deleteOneByOne, saveOneByOne } from './save.ts';

/** The Metadata API of an org, as SOAP and the REST resource `deployRequest` both use it. Raised errors are SalesforceErrors. */
export interface MetadataService {
  /** Takes the zip in and returns at once; the work follows, one deployment at a time. */
  deploy(caller: Caller, zip: Uint8Array, options: DeployOptions): DeployTicket;
  /** Deploys for good what an earlier deployment has validated. */
  deployRecentValidation(caller: Caller, validationId: string): DeployTicket;
  deployStatus(caller: Caller, id: string, includeDetails: boolean): DeployResult;
  /** Options that the deployment was started with. */
  deployOptions(caller: Caller, id: string): DeployOptions;
  cancel(caller: Caller, id: string): CancelDeployResult;
  retrieve(caller: Caller, request: RetrieveRequest): AsyncResult;
  retrieveStatus(caller: Caller, id: string, includeZip: boolean): RetrieveResult;
  list(caller: Caller, queries: readonly ListMetadataQuery[]): readonly FileProperties[];
  describe(caller: Caller): DescribeMetadataResult;
  read(caller: Caller, type: string, fullNames: readonly string[]): readonly ReadRecord[];
  /** Components one by one; each document carries its full name. */
  save(caller: Caller, request: SaveRequest): readonly SaveResult[];
  remove(caller: Caller, request: RemoveRequest): readonly SaveResult[];
}

const retrieveKeyPrefix = '09S';

/** `named` are components of types that the practice org knows only by name, for documents that refer to them. */
export function createMetadataService(org: PracticeOrg, named: NamedComponents = new Map()): MetadataService {
  const records = new ComponentRecords(org);
  const types = createComponentTypes(org, records, named);
  const files = new ComponentFiles(org, types, records);
  const deployments = new Deployments(org, (package_, caller, options) =>
    execute(package_, { org, records, types, caller, options, now: isoDate(org.clock) }),
  );
  const retrievals = new Retrievals(files, idSequence(org, retrieveKeyPrefix), { org, records, types });

  function knownType(given: string): string {
    const name = given === 'SharingSettings' ? 'Settings' : given;
    if (typeDescription(name) ?? childDescription(name)) return name;
    throw new SalesforceError(
      'INVALID_TYPE',
      `Unknown type: ${given}, or one that the practice org does not implement`,
    );
  }

  return {
    deploy(caller, zip, options) {
      requireMetadataAccess(org, caller);
      return deployments.start(caller, zip, options);
    },
    deployRecentValidation(caller, validationId) {
      requireMetadataAccess(org, caller);
      return deployments.startValidated(caller, validationId);
    },
    deployStatus: (_caller, id, includeDetails) => deployments.status(id, includeDetails),
    deployOptions: (_caller, id) => deployments.options(id),
    cancel: (caller, id) => ({ done: deployments.cancel(caller, id), id }),
    retrieve(caller, request) {
      requireMetadataAccess(org, caller);
      return retrievals.start(request);
    },
    retrieveStatus: (_caller, id, includeZip) => retrievals.status(id, includeZip),
    list(caller, queries) {
      requireMetadataAccess(org, caller);
      return queries.flatMap(({ type }) => {
        const names = types.get(knownType(type))?.names() ?? [];
        return names.map((fullName) => fileProperties(type, fullName, { org, records, types, root: '' }));
      });
    },
    describe(caller) {
      requireMetadataAccess(org, caller);
      return describeTypes();
    },
    read(caller, typeName, fullNames) {
      requireMetadataAccess(org, caller);
      const type = knownType(typeName);
      return fullNames.map((fullName) => {
        const document = files.readWhole(type, fullName, everything(caller.apiVersion));
        return document === undefined ? null : { type, document: { ...document, fullName } };
      });
    },
    save(caller, { type, mode, documents, allOrNone }) {
      requireMetadataAccess(org, caller);
      return saveOneByOne({ org, records, types, caller, allOrNone }, knownType(type), mode, documents);
    },
    remove(caller, { type, fullNames, allOrNone }) {
      requireMetadataAccess(org, caller);
      return deleteOneByOne({ org, records, types, caller, allOrNone }, knownType(type), fullNames);
    },
  };
}

function idSequence(org: PracticeOrg, keyPrefix: string): () => string {
  let sequence = 0;
  return () => formatId({ keyPrefix, instance: org.organizationId.slice(3, 6) }, ++sequence);
}

function describeTypes(): DescribeMetadataResult {
  return {
    metadataObjects: typeDescriptions.map(({ name, directory, suffix, children }) => ({
      childXmlNames: Object.values(children),
      directoryName: directory,
      inFolder: false,
      metaFile: false,
      suffix,
      xmlName: name,
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  };
}
