import { describeGlobal, describeObject } from '../catalog/describe.ts';
import { json, type Reply } from '../server/reply.ts';
import { parameter, versionPath, type ApiCall } from './api-call.ts';
import { pathObject } from './object-names.ts';

const firstVersion = 50;
/** Spring '26, the release whose WSDL this org answers to. */
const latestVersion = 66;

const seasons = ['Spring', 'Summer', 'Winter'] as const;

/** The one resource of the REST API that needs no session. */
export function versions(): Reply {
  const list = Array.from({ length: latestVersion - firstVersion + 1 }, (_, index) =>
    describeVersion(firstVersion + index),
  );
  return json(200, list);
}

/** Releases come three a year; 48.0 was Spring '20. */
function describeVersion(version: number): { readonly label: string; readonly url: string; readonly version: string } {
  const release = version - 48;
  const season = seasons[release % 3] ?? 'Spring';
  const year = 20 + Math.floor(release / 3) + (season === 'Winter' ? 1 : 0);
  return { label: `${season} '${year}`, url: `/services/data/v${version}.0`, version: `${version}.0` };
}

const resourceNames = [
  'tooling',
  'metadata',
  'composite',
  'query',
  'queryAll',
  'sobjects',
  'limits',
  'jobs',
  'recent',
] as const;

export function resources(call: ApiCall): Reply {
  const base = versionPath(call);
  const { org, instanceUrl } = call.services;
  return json(200, {
    ...Object.fromEntries(resourceNames.map((name) => [name, `${base}/${name}`])),
    identity: `${instanceUrl()}/id/${org.organizationId}/${call.caller.userId}`,
  });
}

export function describeAll(call: ApiCall): Reply {
  return json(200, describeGlobal(call.services.org, call.caller));
}

export function describeOne(call: ApiCall): Reply {
  const object = pathObject(call, parameter(call, 'object'));
  return json(200, describeObject(call.services.org, call.caller, object.name));
}

export function objectInformation(call: ApiCall): Reply {
  const object = pathObject(call, parameter(call, 'object'));
  const describe = Object.entries(describeObject(call.services.org, call.caller, object.name));
  const objectDescribe = Object.fromEntries(describe.filter(([property]) => property !== 'fields'));
  return json(200, { objectDescribe, recentItems: [] });
}
