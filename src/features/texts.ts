import { Messages } from '@salesforce/core/messages';
import type { Finding, Severity } from '../planning/finding.js';

type Token = string | number;

export type FeatureTexts = {
  /** A finding with advice: keys `finding.<code>` and `finding.<code>.fix`, both given the same tokens. */
  finding(severity: Severity, code: string, subject: string, tokens?: readonly Token[]): Finding;
  /** A finding that asks for nothing. */
  note(code: string, subject: string, tokens?: readonly Token[]): Finding;
  text(key: string, tokens?: readonly Token[]): string;
};

/** The texts of one feature, from messages/<bundle>.md. */
export function featureTexts(bundle: string): FeatureTexts {
  Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
  const messages = Messages.loadMessages('sf-plugin-integration-user', bundle);
  const text = (key: string, tokens: readonly Token[] = []): string => messages.getMessage(key, [...tokens]);
  return {
    finding: (severity, code, subject, tokens) => ({
      severity,
      code,
      subject,
      message: text(`finding.${code}`, tokens),
      fix: text(`finding.${code}.fix`, tokens),
    }),
    note: (code, subject, tokens) => ({ severity: 'info', code, subject, message: text(`finding.${code}`, tokens) }),
    text,
  };
}
