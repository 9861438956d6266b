import type { FieldDefinition, PicklistValue } from '../../schema/definitions.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { ComponentError } from '../component-error.ts';
import { child, children, flag, number, positionOf, text, type Document } from '../document.ts';
import { customFieldTypes, formulaTypes, type CustomFieldType } from './custom-field-types.ts';

const maximumName = 40;
/** Letters, digits and single underscores, from a letter to a letter or digit. */
const developerName = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

/** A custom field as the schema holds it. Raises what the Metadata API refuses. */
export function customFieldDefinition(org: PracticeOrg, name: string, document: Document): FieldDefinition {
  const fail = (problem: string): never => {
    throw new ComponentError(problem, positionOf(document));
  };
  checkNames(name, document, fail);
  const typeName = text(document, 'type') ?? fail('Required field is missing: type');
  const type =
    customFieldTypes[typeName] ?? fail(`CustomField type ${typeName} is not implemented by the practice org`);
  const formula = text(document, 'formula') ?? null;
  checkElements(typeName, type, formula, document, fail);
  const required = flag(document, 'required') ?? false;
  const masterDetail = typeName === 'MasterDetail';
  const computed = formula !== null || typeName === 'AutoNumber';
  const picklistValues = picklistValuesOf(document);
  return {
    name,
    label: text(document, 'label') ?? name.replace(/__c$/, '').replaceAll('_', ' '),
    type: type.type,
    length: formula === null ? (number(document, 'length') ?? type.length) : type.type === 'string' ? 1300 : 0,
    precision: number(document, 'precision') ?? 0,
    scale: number(document, 'scale') ?? 0,
    nillable: !required && !masterDetail && type.type !== 'boolean',
    createable: !computed,
    updateable: !computed && (!masterDetail || flag(document, 'reparentableMasterDetail') === true),
    ...type.properties,
    ...(formula === null ? {} : { groupable: false }),
    permissionable: !required && !masterDetail,
    unique: flag(document, 'unique') ?? false,
    externalId: flag(document, 'externalId') ?? false,
    caseSensitive: flag(document, 'caseSensitive') ?? false,
    defaultValue: defaultValueOf(typeName, formula, picklistValues, document, fail),
    picklistValues,
    restrictedPicklist: flag(child(document, 'valueSet') ?? {}, 'restricted') ?? false,
    ...referenceOf(org, name, type, document, fail),
    masterDetail,
    compoundFieldName: null,
    nameField: false,
    autoNumber: typeName === 'AutoNumber',
    calculated: formula !== null,
    formula,
    custom: true,
    description: text(document, 'description') ?? null,
    securityClassification: text(document, 'securityClassification') ?? null,
    complianceGroup: text(document, 'complianceGroup') ?? null,
    metadata: withoutDeprecated(document),
  };
}

/** Clients still send `indexed`; it has long said nothing, and no schema has it. */
function withoutDeprecated(document: Document): Document {
  return Object.fromEntries(Object.entries(document).filter(([element]) => element !== 'indexed'));
}

type Fail = (problem: string) => never;

function checkNames(name: string, document: Document, fail: Fail): void {
  const plain = name.replace(/__c$/, '');
  const label = text(document, 'label') ?? fail('Required field is missing: label');
  if (plain.length > maximumName) fail(`Value too long for field: fullName maximum length is:${maximumName}`);
  if (label.length > maximumName) fail(`Value too long for field: label maximum length is:${maximumName}`);
  if (!developerName.test(plain)) {
    fail(
      'The Field Name can only contain alphanumeric characters, must begin with a letter, cannot end with an underscore or contain two consecutive underscore characters, and must be unique across all fields.',
    );
  }
}

/** Elements of which the practice org implements only the value that changes nothing. */
const onlyDefaults = { deleteConstraint: 'SetNull', encryptionScheme: 'None' } as const;

function checkElements(
  typeName: string,
  type: CustomFieldType,
  formula: string | null,
  document: Document,
  fail: Fail,
): void {
  for (const [element, usual] of Object.entries(onlyDefaults)) {
    const given = text(document, element);
    if (given !== undefined && given !== usual) fail(`${element} ${given} is not implemented by the practice org`);
  }
  if (formula === null) {
    const missing = type.needs.find((element) => document[element] === undefined);
    if (missing !== undefined) fail(`Must specify '${missing}' for a CustomField of type ${typeName}`);
    if (typeName === 'Checkbox' && flag(document, 'required') === true) {
      fail("Can not specify 'required' for a CustomField of type Checkbox");
    }
  } else {
    if (!formulaTypes.has(typeName)) fail(`Formula fields of type ${typeName} are not supported`);
    if (document['defaultValue'] !== undefined) {
      fail('Can not specify a defaultValue for CustomFields that have a formula');
    }
  }
  if (type.type === 'textarea' && typeName !== 'TextArea' && (number(document, 'length') ?? 0) < 256) {
    fail('Invalid length, minimum is: 256');
  }
}

function picklistValuesOf(document: Document): readonly PicklistValue[] {
  const definition = child(child(document, 'valueSet') ?? {}, 'valueSetDefinition') ?? {};
  return children(definition, 'value').map((value) => ({
    value: text(value, 'fullName') ?? '',
    label: text(value, 'label') ?? text(value, 'fullName') ?? '',
    active: flag(value, 'isActive') ?? true,
    isDefault: flag(value, 'default') ?? false,
  }));
}

/** Default values are formulas; the practice org knows those that are a literal. */
function defaultValueOf(
  typeName: string,
  formula: string | null,
  picklistValues: readonly PicklistValue[],
  document: Document,
  fail: Fail,
): FieldDefinition['defaultValue'] {
  if (formula !== null) return null;
  const given = text(document, 'defaultValue')?.trim();
  if (typeName === 'Checkbox') {
    if (given === 'true' || given === 'false') return given === 'true';
    return fail(`Invalid default value for a CustomField of type Checkbox: ${given ?? ''}`);
  }
  if (given === undefined) return picklistValues.find((value) => value.isDefault)?.value ?? null;
  const quoted = /^"(.*)"$|^'(.*)'$/s.exec(given);
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? '';
  if (/^-?\d+(\.\d+)?$/.test(given)) return Number(given);
  return fail(`A default value that is a formula is not implemented by the practice org: ${given}`);
}

function referenceOf(
  org: PracticeOrg,
  name: string,
  type: CustomFieldType,
  document: Document,
  fail: Fail,
): Pick<FieldDefinition, 'referenceTo' | 'relationshipName'> {
  if (type.type !== 'reference') return { referenceTo: [], relationshipName: null };
  const target = text(document, 'referenceTo') ?? '';
  const object = org.schema.object(target) ?? fail(`In field: referenceTo - no CustomObject named ${target} found`);
  return { referenceTo: [object.name], relationshipName: name.replace(/__c$/, '__r') };
}
