import { type PGlite, protocol, type Results } from '@electric-sql/pglite';

/** More are not kept: lists of any length make a statement of their own each, and every one takes memory. */
const MOST_STATEMENTS = 300;
const MOST_PARAMETERS = 40;

/** PostgreSQL's `json`: its binary form is its text in UTF-8. */
const JSON_TYPE = 114;

interface Statement {
  readonly name: string;
  readonly parameterTypes: readonly number[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

type Parsers = Readonly<Record<number, (text: string) => unknown>>;
type Message = Awaited<ReturnType<PGlite['execProtocol']>>['messages'][number];

/**
 * The statements that PGlite has prepared: parsing and planning is most of what one costs there, and PGlite by itself does
 * it each time. For whoever has the connection to themselves.
 */
export class PreparedStatements {
  private readonly pglite: PGlite;
  private readonly parsers: Parsers;
  private readonly known = new Map<string, Statement>();

  constructor(pglite: PGlite, parsers: Parsers) {
    this.pglite = pglite;
    this.parsers = parsers;
  }

  /** Whether the statement is one to keep. */
  isFit(text: string, values: readonly unknown[]): boolean {
    if (this.known.has(text)) return true;
    return values.length > 0 && values.length <= MOST_PARAMETERS && this.known.size < MOST_STATEMENTS;
  }

  async query<T>(text: string, values: readonly unknown[]): Promise<Results<T>> {
    return await this.pglite.runExclusive(async () => {
      const statement = this.known.get(text) ?? (await this.prepare(text));
      const bound = values.map((value, index) => this.asGiven(value, statement.parameterTypes[index] ?? 0));
      const messages = await this.send(
        protocol.serialize.bind({ statement: statement.name, values: bound }),
        protocol.serialize.execute({}),
      );
      return this.resultOf<T>(statement, messages);
    });
  }

  private async prepare(text: string): Promise<Statement> {
    const name = `sedd${this.known.size}`;
    const messages = await this.send(
      protocol.serialize.parse({ name, text }),
      protocol.serialize.describe({ type: 'S', name }),
    );
    const parameterTypes = messages.flatMap(parameterTypesOf);
    const statement = { name, parameterTypes, fields: messages.flatMap(fieldsOf) };
    this.known.set(text, statement);
    return statement;
  }

  private async send(...parts: readonly Uint8Array[]): Promise<readonly Message[]> {
    const message = Buffer.concat([...parts, protocol.serialize.sync()]);
    // PGlite's files are synchronous: there is nothing to wait for after a statement.
    return (await this.pglite.execProtocol(message, { syncToFs: false })).messages;
  }

  /** Rows given as JSON are large, and PGlite measures a text letter by letter, twice: they go as the bytes they are. */
  private asGiven(value: unknown, type: number): string | Uint8Array | null {
    if (value === null || value === undefined) return null;
    const text = this.pglite.serializers[type]?.(value) ?? String(value);
    return type === JSON_TYPE ? Buffer.from(text) : text;
  }

  private resultOf<T>({ fields }: Statement, messages: readonly Message[]): Results<T> {
    const parsers = fields.map(
      ({ dataTypeID: type }) => this.parsers[type] ?? this.pglite.parsers[type] ?? asItIs,
    );
    const rows = messages.flatMap((each) =>
      isRow(each)
        ? [
            Object.fromEntries(
              fields.map(({ name }, index) => [name, parsed(each.fields[index], parsers[index])]),
            ),
          ]
        : [],
    );
    const done = messages.find((each): each is Message & { readonly text: string } => 'text' in each);
    return {
      rows: rows as T[],
      fields: [...fields],
      affectedRows: Number(/(\d+)$/.exec(done?.text ?? '')?.[1] ?? 0),
    };
  }
}

type Row = Message & { readonly fields: readonly (string | null)[] };

function isRow(message: Message): message is Row {
  return message.name === 'dataRow';
}

function parameterTypesOf(message: Message): readonly number[] {
  return 'dataTypeIDs' in message ? (message.dataTypeIDs as readonly number[]) : [];
}

function fieldsOf(message: Message): Statement['fields'] {
  if (message.name !== 'rowDescription' || !('fields' in message)) return [];
  return message.fields as unknown as Statement['fields'];
}

function parsed(
  text: string | null | undefined,
  parse: ((text: string, type?: number) => unknown) | undefined,
) {
  return text === null || text === undefined ? null : (parse ?? asItIs)(text);
}

function asItIs(text: string): string {
  return text;
}
