import { permissionQuestions } from '../features/permissions/questions.js';
import { runnerQuestions } from '../features/permissions/runner.js';
import { isFilteredModel, isOpenModel, viewsAllData, viewsAllRecords } from '../features/permissions/view-all.js';
import type { Row } from '../observation/question.js';
import { textAt } from '../observation/row.js';
import type { OrgPort, Read } from '../org/port.js';

/** Which records whoever runs the command sees: what isn't seen is neither counted nor written. */
export type RecordsSeen = 'all' | 'part' | 'unknown';

export async function recordsSeen(port: OrgPort, sobject: string): Promise<RecordsSeen> {
  const { username } = port;
  const [sets, objects, entity] = await port.queryAll([
    runnerQuestions.permissions(username),
    runnerQuestions.objects(username, [sobject]),
    permissionQuestions.entities([sobject]),
  ]);
  const model = textAt(rowsOf(entity)?.[0] ?? {}, 'InternalSharingModel') ?? '';
  const seesAll = rowsOf(sets)?.some(viewsAllData) === true || rowsOf(objects)?.some(viewsAllRecords) === true;
  if (seesAll || isOpenModel(model)) return 'all';
  // Everybody has a set of permissions, the profile's: without any row it was not shown.
  const isKnown = (rowsOf(sets) ?? []).length > 0 && rowsOf(objects) !== null && isFilteredModel(model);
  return isKnown ? 'part' : 'unknown';
}

function rowsOf(answer: Read<readonly Row[]> | undefined): readonly Row[] | null {
  return answer?.ok === true ? answer.value : null;
}
