import { describe, expect, it } from 'vitest';
import { queryError, syntaxError } from '../../../practice-org/soql/query-error.ts';

const unknownColumn = (query: string, name: string): string =>
  queryError(query, query.indexOf(name), 'INVALID_FIELD', 'No such column').message;

describe('excerpts of a wrong query', () => {
  it('Given a short query, When a column is unknown, Then the whole line stands above the caret', () => {
    expect(unknownColumn('SELECT Bacon__c FROM Account LIMIT 2', 'Bacon__c')).toBe(
      '\nSELECT Bacon__c FROM Account LIMIT 2\n       ^\nERROR at Row:1:Column:8\nNo such column',
    );
  });

  it('Given a long field list, When the object is unknown, Then the excerpt is cut to whole words as recorded', () => {
    const query = 'SELECT Id,Name,BillingCity,IsDeleted FROM Accout';
    expect(unknownColumn(query, 'Accout')).toBe(
      `\nName,BillingCity,IsDeleted FROM Accout\n${' '.repeat(32)}^\nERROR at Row:1:Column:43\nNo such column`,
    );
  });

  it('Given text after the mistake, When it is long, Then it is cut at the end of a word too', () => {
    const query = 'SELECT Id, Dispenser__c, Answer__c, Audit_Question__c, Region__c FROM Audit_Answer__c';
    expect(unknownColumn(query, 'Dispenser__c')).toBe(
      `\nSELECT Id, Dispenser__c, Answer__c, Audit_Question__c\n${' '.repeat(11)}^\nERROR at Row:1:Column:12\nNo such column`,
    );
  });

  it('Given a query of several lines, When the mistake is on the second, Then row and column are those of that line', () => {
    expect(unknownColumn('SELECT Id\nFROM Maycur_Form__c', 'Maycur')).toBe(
      '\nFROM Maycur_Form__c\n     ^\nERROR at Row:2:Column:6\nNo such column',
    );
  });

  it('Given a token that the grammar does not allow, When it is reported, Then the column counts from 0', () => {
    const query = 'select Id from Account where id = $sfid';
    expect(syntaxError(query, query.indexOf('$'), 'problem').message).toBe(
      `\nselect Id from Account where id = $sfid\n${' '.repeat(33)}^\nERROR at Row:1:Column:34\nproblem`,
    );
  });
});
