import type { SalesforceError } from '../org/errors.ts';
import type { FieldPath } from './ast.ts';
import { tokenize, type Token } from './lexer.ts';
import { unexpectedToken } from './query-error.ts';

/** The tokens of one query, read from left to right. Keywords are names that mean something where they stand. */
export class TokenStream {
  public readonly query: string;
  private readonly tokens: readonly Token[];
  private readonly end: Token;
  private position = 0;

  public constructor(query: string) {
    this.query = query;
    this.tokens = tokenize(query);
    this.end = { kind: 'end', text: '<EOF>', offset: query.length };
  }

  public peek(ahead = 0): Token {
    return this.tokens[this.position + ahead] ?? this.end;
  }

  public next(): Token {
    const token = this.peek();
    if (this.position < this.tokens.length) this.position++;
    return token;
  }

  public isKeyword(keyword: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'name' && token.text.toUpperCase() === keyword;
  }

  public isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === symbol;
  }

  public acceptKeyword(keyword: string): boolean {
    if (!this.isKeyword(keyword)) return false;
    this.next();
    return true;
  }

  public acceptSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.next();
    return true;
  }

  public expectKeyword(keyword: string): Token {
    if (!this.isKeyword(keyword)) throw this.unexpected();
    return this.next();
  }

  public expectSymbol(symbol: string): Token {
    if (!this.isSymbol(symbol)) throw this.unexpected();
    return this.next();
  }

  public expectName(): Token {
    if (this.peek().kind !== 'name') throw this.unexpected();
    return this.next();
  }

  /** name ( '.' name )* */
  public path(): FieldPath {
    const first = this.expectName();
    const names = [first.text];
    while (this.acceptSymbol('.')) names.push(this.expectName().text);
    return { kind: 'field', names, offset: first.offset };
  }

  public unexpected(token: Token = this.peek()): SalesforceError {
    const text = token.kind === 'string' ? `'${token.text}'` : token.text;
    return unexpectedToken(this.query, token.offset, text);
  }
}
