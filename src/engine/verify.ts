import { randomInt } from 'node:crypto';
import type { Definition } from '../definition/definition.js';
import { checkOf, refusalsOf, titleOf, unanswered, type Checked } from '../features/verification/check.js';
import { fieldAccess, objectAccess } from '../features/verification/effective-access.js';
import { verify } from '../features/verification/index.js';
import { proofSubjects, runnerRound } from '../features/verification/proof-subjects.js';
import { questions } from '../features/verification/questions.js';
import { proofFindings } from '../features/verification/proof-findings.js';
import { verificationState, type VerificationState } from '../features/verification/state.js';
import { heldQuestions } from '../features/permissions/questions.js';
import { allFeatures } from '../features/index.js';
import { observe } from '../observation/observe.js';
import type { OrgPort } from '../org/port.js';
import { exitCodes } from '../planning/exit-codes.js';
import type { Finding } from '../planning/finding.js';
import type { Check, RecordProof, VerificationResult } from '../planning/verification.js';
import { proofQuestions } from '../proof/proof-questions.js';
import { proveRecords } from '../proof/prove-records.js';

export type VerifyOptions = {
  readonly port: OrgPort;
  readonly asUser: OrgPort | null;
  readonly signal: AbortSignal;
};

export type Verification = { readonly result: VerificationResult; readonly exitCode: number };

/** Looks, never writes: what the user can see, whether that is what was asked for, and what the records say about it. */
export async function runVerification(definition: Definition, options: VerifyOptions): Promise<Verification> {
  const { port } = options;
  const features = allFeatures.filter((feature) => feature.isAsked(definition));
  const answers = await observe(
    (known) => [
      ...questions(definition, known),
      ...runnerRound(definition, known),
      ...proofQuestions(definition, known, options.asUser !== null),
      ...features.flatMap((feature) => feature.questions(definition, known)),
    ],
    port,
  );
  const state = verificationState(definition, answers);
  const checked = verify(state);
  const proof = await proveRecords(proofSubjects(state), {
    ...options,
    answers,
    random: (bound) => randomInt(bound),
  });
  const records = recordsCheck(proof, state);
  const checks = [...checked.map(({ check }) => check), ...records.map(({ check }) => check)];
  const result: VerificationResult = {
    integration: definition.integration,
    username: definition.username,
    userId: state.userId,
    changes: [],
    findings: distinct([...checked, ...records].flatMap(({ findings }) => findings)),
    impact: [],
    ...port.requestCounts(),
    checks,
    proof,
    objects: objectAccess(state),
    fields: fieldAccess(state),
  };
  return { result, exitCode: exitCodeOf(checks) };
}

function recordsCheck(proof: readonly RecordProof[], state: VerificationState): readonly Checked[] {
  const title = titleOf(
    'records',
    proof.every(({ flagField }) => flagField === null),
  );
  if (proof.length === 0) {
    // Which objects there are records of follows from the permissions.
    const refusals = state.userId === null ? [] : refusalsOf(heldQuestions(state.definition.username), state);
    return refusals.length === 0 ? [] : [unanswered('records', title, refusals)];
  }
  const { problems, notes, evidence } = proofFindings(proof);
  const statuses = proof.map(({ status }) => status);
  const status = statuses.includes('fail') ? 'fail' : statuses.includes('unknown') ? 'unknown' : 'pass';
  return [{ check: checkOf('records', title, status, problems, evidence), findings: [...problems, ...notes] }];
}

function exitCodeOf(checks: readonly Check[]): number {
  return checks.every(({ status }) => status === 'pass') ? exitCodes.done.code : exitCodes.differs.code;
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...new Map(findings.map((finding) => [`${finding.code}|${finding.subject}|${finding.message}`, finding])).values(),
  ];
}
