import { bulkQueryRoutes } from '../bulk/query-routes.ts';
import { ingestRoutes } from '../bulk/ingest-routes.ts';
import type { Route } from '../server/router.ts';
import type { Handler, SyncHandler } from './api-call.ts';
import { batch } from './batch-routes.ts';
import { readCollection, readCollectionByBody } from './collection-reads.ts';
import { createCollection, deleteCollection, updateCollection, upsertCollection } from './collection-routes.ts';
import { composite } from './composite-routes.ts';
import { deployRequestRoutes } from './deploy-routes.ts';
import { identity, userInfo } from './identity-routes.ts';
import { limits, recordCount } from './limit-routes.ts';
import { passwordState, resetPassword, setPassword } from './password-routes.ts';
import {
  createRecord,
  deleteByExternalId,
  getRecord,
  getRecordByExternalId,
  patchRecord,
  removeRecord,
  upsertByExternalId,
} from './record-routes.ts';
import { query, queryAll, queryAllMore, queryMore, toolingQuery, toolingQueryMore } from './query-routes.ts';
import { describeAll, describeOne, objectInformation, resources } from './resource-routes.ts';
import { createTree } from './tree-routes.ts';

const base = '/services/data/:version';

/** Endpoints that answer at once: what composite and batch may run, too. Earlier patterns win. */
export const subrequestRoutes: readonly Route<SyncHandler>[] = [
  { pattern: base, methods: { GET: resources } },
  { pattern: `${base}/query`, methods: { GET: query } },
  { pattern: `${base}/query/:locator`, methods: { GET: queryMore } },
  { pattern: `${base}/queryAll`, methods: { GET: queryAll } },
  { pattern: `${base}/queryAll/:locator`, methods: { GET: queryAllMore } },
  { pattern: `${base}/tooling/query`, methods: { GET: toolingQuery } },
  { pattern: `${base}/tooling/query/:locator`, methods: { GET: toolingQueryMore } },
  { pattern: `${base}/limits`, methods: { GET: limits } },
  { pattern: `${base}/limits/recordCount`, methods: { GET: recordCount } },
  {
    pattern: `${base}/composite/sobjects`,
    methods: { POST: createCollection, PATCH: updateCollection, DELETE: deleteCollection },
  },
  {
    pattern: `${base}/composite/sobjects/:object`,
    methods: { GET: readCollection, POST: readCollectionByBody },
  },
  { pattern: `${base}/composite/sobjects/:object/:field`, methods: { PATCH: upsertCollection } },
  ...recordRoutes(base),
  ...recordRoutes(`${base}/tooling`),
];

function recordRoutes(root: string): readonly Route<SyncHandler>[] {
  const objects = `${root}/sobjects`;
  return [
    { pattern: objects, methods: { GET: describeAll } },
    { pattern: `${objects}/:object`, methods: { GET: objectInformation, POST: createRecord } },
    { pattern: `${objects}/:object/describe`, methods: { GET: describeOne } },
    { pattern: `${objects}/:object/:id`, methods: { GET: getRecord, PATCH: patchRecord, DELETE: removeRecord } },
    {
      pattern: `${objects}/User/:id/password`,
      methods: { GET: passwordState, POST: setPassword, DELETE: resetPassword },
    },
    {
      pattern: `${objects}/:object/:field/:key`,
      methods: { GET: getRecordByExternalId, PATCH: upsertByExternalId, DELETE: deleteByExternalId },
    },
  ];
}

/** Every endpoint that needs a session. */
export const apiRoutes: readonly Route<Handler>[] = [
  { pattern: '/services/oauth2/userinfo', methods: { GET: userInfo, POST: userInfo } },
  { pattern: '/id/:organizationId/:userId', methods: { GET: identity } },
  { pattern: `${base}/composite`, methods: { POST: composite } },
  { pattern: `${base}/composite/batch`, methods: { POST: batch } },
  { pattern: `${base}/composite/tree/:object`, methods: { POST: createTree } },
  ...deployRequestRoutes,
  ...ingestRoutes,
  ...bulkQueryRoutes,
  ...subrequestRoutes,
];
