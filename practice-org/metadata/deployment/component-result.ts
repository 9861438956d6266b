import type { ComponentError } from '../component-error.ts';
import type { Outcome } from '../components/component-type.ts';
import type { DeployMessage } from '../messages.ts';

/** What became of one component, before it is told to the client. */
export type ComponentResult = {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly outcome: Outcome;
  readonly deleted: boolean;
  /** The error is only a warning: what should go is not there. */
  readonly warning: boolean;
  readonly error: ComponentError | undefined;
  readonly id?: string | undefined;
};

export function componentMessage(result: ComponentResult, createdDate: string, failed: boolean): DeployMessage {
  const position = result.error?.position;
  return {
    changed: result.error === undefined && (result.deleted || result.outcome !== 'unchanged'),
    ...(position === undefined ? {} : { columnNumber: position.column }),
    componentType: result.type,
    created: result.outcome === 'created',
    createdDate,
    deleted: result.deleted,
    fileName: result.fileName,
    fullName: result.fullName,
    ...(result.id === undefined ? {} : { id: result.id }),
    ...(position === undefined ? {} : { lineNumber: position.line }),
    ...(result.error === undefined ? {} : problemOf(result.error, result.warning)),
    success: !failed,
  };
}

function problemOf(error: ComponentError, warning: boolean): Pick<DeployMessage, 'problem' | 'problemType'> {
  return { problem: error.message, problemType: warning ? 'Warning' : 'Error' };
}
