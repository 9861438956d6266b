import { beforeEach, describe, expect, it } from 'vitest';
import { SalesforceError } from '../../../practice-org/org/errors.ts';
import { handleSoap } from '../../../practice-org/soap/endpoint.ts';
import { parseXml, type XmlElement } from '../../../practice-org/metadata/xml/parse.ts';
import { describeWithReference } from '../../support/reference-data.ts';
import { assertValidMetadata } from '../../support/metadata-schema.ts';
import { document, manifest, MetadataOrg, namespace, zipOf } from '../metadata/metadata-org.ts';

const token = 'the-session';
let metadata: MetadataOrg;

beforeEach(() => {
  metadata = new MetadataOrg();
});

function send(body: string, session = token) {
  const envelope =
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<soapenv:Header xmlns="${namespace}"><SessionHeader><sessionId>${session}</sessionId></SessionHeader>` +
    '<CallOptions><client>sfdx toolbelt:</client></CallOptions></soapenv:Header>' +
    `<soapenv:Body xmlns="${namespace}">${body}</soapenv:Body></soapenv:Envelope>`;
  return handleSoap(metadata.service, callerOf, envelope);
}

function callerOf(sessionId: string | undefined) {
  if (sessionId !== token)
    throw new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid', { httpStatus: 401 });
  return metadata.admin;
}

/** The response element of a reply, as a document of its own. */
function response(body: string): string {
  const content = /<soapenv:Body>(.*)<\/soapenv:Body>/s.exec(body)?.[1] ?? '';
  return content.replace(/^<(\w+)/, `<$1 xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`);
}

function result(body: string): XmlElement {
  return parseXml(response(body)).children[0] ?? parseXml('<result/>');
}

function textIn(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

async function deployGroup(options = '<singlePackage>true</singlePackage>', xml = '<name>Partners</name>') {
  const zip = await zipOf({
    'package.xml': manifest({ Group: ['Partners'] }),
    'groups/Partners.group': document('Group', xml),
  });
  const reply = send(
    `<deploy><ZipFile>${Buffer.from(zip).toString('base64')}</ZipFile><DeployOptions>${options}</DeployOptions></deploy>`,
  );
  return { reply, id: textIn(result(reply.body), 'id') ?? '', changed: await reply.changed };
}

describe('Given a client of the Metadata API', () => {
  it('When it deploys, Then the request is queued and the components are counted on it', async () => {
    const { reply, changed } = await deployGroup();

    expect(textIn(result(reply.body), 'state')).toBe('Queued');
    expect(changed).toBe(1);
  });

  it('When it asks how a deployment went, Then components and totals are told', async () => {
    const { id } = await deployGroup();

    const status = result(
      send(
        `<checkDeployStatus><asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`,
      ).body,
    );

    expect(textIn(status, 'status')).toBe('Succeeded');
    expect(textIn(status, 'numberComponentsDeployed')).toBe('1');
  });

  it('When its session is invalid, Then the fault is Salesforce’s (jetstream, CumulusCI)', () => {
    const reply = send('<describeMetadata><asOfVersion>66.0</asOfVersion></describeMetadata>', 'another');

    expect(reply.status).toBe(500);
    expect(reply.body).toContain('<faultcode>sf:INVALID_SESSION_ID</faultcode>');
    expect(reply.body).toContain('INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session');
  });

  it.each([
    ['an operation that does not exist', '<launchRocket/>'],
    [
      'a type that is not implemented',
      '<listMetadata><queries><type>Flow</type></queries><asOfVersion>66.0</asOfVersion></listMetadata>',
    ],
    [
      'a deployment that does not exist',
      '<checkDeployStatus><asyncProcessId>0Af000000000000AAA</asyncProcessId></checkDeployStatus>',
    ],
  ])('When it asks for %s, Then it gets a fault', (_what, body) => {
    const reply = send(body);

    expect(reply.status).toBe(500);
    expect(reply.body).toContain('<soapenv:Fault');
  });

  it('When the envelope is no XML, Then it gets a fault', () => {
    expect(handleSoap(metadata.service, callerOf, '<<<').status).toBe(500);
  });

  it('When it reads what is not there, Then the record is nil, as jsforce needs it', () => {
    const reply = send('<readMetadata><type>CustomObject</type><fullNames>Nothing__c</fullNames></readMetadata>');

    expect(reply.body).toContain('<records xsi:nil="true"/>');
  });

  it('When it upserts a group twice, Then it is created once', () => {
    const upsert = () =>
      result(
        send(
          '<upsertMetadata><metadata xsi:type="Group"><fullName>Partners</fullName><name>Partners</name></metadata></upsertMetadata>',
        ).body,
      );

    expect(textIn(upsert(), 'created')).toBe('true');
    expect(textIn(upsert(), 'created')).toBe('false');
  });

  it('When it deletes a group, Then it is gone', async () => {
    await deployGroup();

    send('<deleteMetadata><type>Group</type><fullNames>Partners</fullNames></deleteMetadata>');

    expect(metadata.rows('Group', { DeveloperName: 'Partners' })).toEqual([]);
  });
});

describeWithReference('Given the schema of the Metadata API', () => {
  const flagField =
    '<metadata xsi:type="CustomField"><fullName>Account.Flag__c</fullName><defaultValue>false</defaultValue><label>Flag</label><type>Checkbox</type></metadata>';

  it.each([
    ['describeMetadata', '<describeMetadata><asOfVersion>66.0</asOfVersion></describeMetadata>'],
    [
      'listMetadata',
      '<listMetadata><queries><type>Profile</type></queries><asOfVersion>66.0</asOfVersion></listMetadata>',
    ],
    [
      'readMetadata of an object',
      '<readMetadata><type>CustomObject</type><fullNames>Account</fullNames></readMetadata>',
    ],
    ['readMetadata of a profile', '<readMetadata><type>Profile</type><fullNames>Admin</fullNames></readMetadata>'],
    ['createMetadata', `<createMetadata>${flagField}</createMetadata>`],
    ['updateMetadata', `<updateMetadata>${flagField}</updateMetadata>`],
    ['upsertMetadata', `<upsertMetadata>${flagField}</upsertMetadata>`],
    [
      'deleteMetadata',
      '<deleteMetadata><type>CustomField</type><fullNames>Account.Nothing__c</fullNames></deleteMetadata>',
    ],
  ])('When %s is answered, Then the answer is valid', (_operation, body) => {
    const reply = send(body);

    expect(reply.status).toBe(200);
    expect(() => assertValidMetadata(response(reply.body))).not.toThrow();
  });

  it.each([
    ['succeeds', '<name>Partners</name>'],
    ['fails', '<name>Partners</name><wrong>x</wrong>'],
  ])('When a deployment %s, Then every answer about it is valid', async (_how, xml) => {
    const { reply, id } = await deployGroup(undefined, xml);
    const ask = (details: boolean) =>
      send(
        `<checkDeployStatus><asyncProcessId>${id}</asyncProcessId><includeDetails>${details}</includeDetails></checkDeployStatus>`,
      ).body;

    for (const body of [reply.body, ask(true), ask(false)])
      expect(() => assertValidMetadata(response(body))).not.toThrow();
  });

  it('When a retrieval goes on and ends, Then every answer about it is valid', async () => {
    const request =
      '<retrieve><request><apiVersion>66.0</apiVersion><unpackaged><types><members>Admin</members><name>Profile</name></types>' +
      '<types><members>Account</members><name>SharingRules</name></types><version>66.0</version></unpackaged></request></retrieve>';
    const started = send(request);
    const ask = () =>
      send(
        `<checkRetrieveStatus><asyncProcessId>${textIn(result(started.body), 'id')}</asyncProcessId></checkRetrieveStatus>`,
      ).body;
    const bodies = [started.body, ask()];
    while (textIn(result(bodies.at(-1) ?? ''), 'done') !== 'true') {
      await new Promise((resolve) => setImmediate(resolve));
      bodies.push(ask());
    }

    for (const body of bodies) expect(() => assertValidMetadata(response(body))).not.toThrow();
  });

  it('When a validation is deployed by its Id, Then the answer is valid', async () => {
    const { id } = await deployGroup('<checkOnly>true</checkOnly><singlePackage>true</singlePackage>');

    const reply = send(`<deployRecentValidation><validationId>${id}</validationId></deployRecentValidation>`);

    expect(() => assertValidMetadata(response(reply.body))).not.toThrow();
    await reply.changed;
  });
});
