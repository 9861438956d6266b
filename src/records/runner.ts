import { permissionQuestions } from '../features/permissions/questions.js';
import { runnerQuestions } from '../features/permissions/runner.js';
import { isFilteredModel, viewsAllData, viewsAllRecords } from '../features/permissions/view-all.js';
import { textAt } from '../observation/row.js';
import type { OrgPort } from '../org/port.js';

/**
 * Whether whoever runs the command sees a part of the records only: what isn't seen is neither counted nor written. False where that
 * is not known.
 */
export async function seesOnlyPart(port: OrgPort, sobject: string): Promise<boolean> {
  const { username } = port;
  const [sets, objects, entity] = await port.queryAll([
    runnerQuestions.permissions(username),
    runnerQuestions.objects(username, [sobject]),
    permissionQuestions.entities([sobject]),
  ]);
  if (sets?.ok !== true || objects?.ok !== true || entity?.ok !== true) return false;
  const model = textAt(entity.value[0] ?? {}, 'InternalSharingModel') ?? '';
  return isFilteredModel(model) && !sets.value.some(viewsAllData) && !objects.value.some(viewsAllRecords);
}
