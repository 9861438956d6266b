import type { ObjectDescription } from '../observation/question.js';
import type { OrgPort } from '../org/port.js';
import type { FlagRequest } from './flag-request.js';
import { recordTexts as texts } from './texts.js';

export async function describeObject(port: OrgPort, sobject: string): Promise<ObjectDescription> {
  const described = await port.describe(sobject);
  if (!described.ok) throw texts.createError('error.ObjectNotFound', [sobject]);
  return described.value;
}

/** The object and its flag, spelled as the org does, where the running user may write it; throws what is missing. */
export function withExactNames(request: FlagRequest, { name, fields }: ObjectDescription): FlagRequest {
  const flag = fields.find((field) => field.name.toLowerCase() === request.field.toLowerCase());
  if (flag === undefined) throw texts.createError('error.FlagNotFound', [name, request.field]);
  if (flag.type !== 'boolean' || flag.calculated) throw texts.createError('error.FlagIsNoCheckbox', [name, flag.name]);
  if (!flag.updateable) throw texts.createError('error.FlagNotEditable', [name, flag.name]);
  return { ...request, sobject: name, field: flag.name };
}
