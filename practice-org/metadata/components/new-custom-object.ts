import type { PracticeOrg } from '../../org/practice-org.ts';
import { ownerField, text as textField } from '../../schema/notation.ts';
import { object, ownedObject } from '../../schema/object-notation.ts';
import type { ObjectDefinition } from '../../schema/definitions.ts';
import { ComponentError } from '../component-error.ts';
import { child, positionOf, text, type Document } from '../document.ts';

const maximumName = 40;
const developerName = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A custom object with the fields that every one has: its name, its owner and the system fields. */
export function newCustomObject(
  org: PracticeOrg,
  fullName: string,
  attributes: Document,
  document: Document,
): ObjectDefinition {
  const plain = fullName.replace(/__c$/, '');
  if (plain.length > maximumName) {
    throw new ComponentError(
      `Value too long for field: fullName maximum length is:${maximumName}`,
      positionOf(document),
    );
  }
  if (!developerName.test(plain)) {
    throw new ComponentError(
      'The Object Name field can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.',
      positionOf(document),
    );
  }
  const isDetail = text(document, 'sharingModel') === 'ControlledByParent';
  const fields = isDetail ? [nameField(document)] : [ownerField, nameField(document)];
  return object(fullName, freeKeyPrefix(org), fields, {
    ...ownedObject,
    ownerSharing: !isDetail,
    custom: true,
    label: text(document, 'label') ?? plain,
    labelPlural: text(document, 'pluralLabel') ?? plain,
    metadata: attributes,
  });
}

function nameField(document: Document) {
  const element = child(document, 'nameField') ?? {};
  const type = text(element, 'type');
  const label = text(element, 'label') ?? 'Name';
  if (type === 'AutoNumber') return textField('Name', 80, 'FSG', { label, nameField: true, autoNumber: true });
  if (type === 'Text') return textField('Name', 80, 'CUFSGN', { label, nameField: true, permissionable: false });
  throw new ComponentError(
    'Must specify a nameField of type Text or AutoNumber',
    positionOf(element) ?? positionOf(document),
  );
}

/** Custom objects have key prefixes from a00 on. */
function freeKeyPrefix(org: PracticeOrg): string {
  const taken = new Set([...org.schema.objects()].map((one) => one.keyPrefix));
  for (const second of digits) {
    for (const third of digits) {
      const prefix = `a${second}${third}`;
      if (!taken.has(prefix)) return prefix;
    }
  }
  throw new ComponentError('Maximum number of custom objects exceeded');
}
