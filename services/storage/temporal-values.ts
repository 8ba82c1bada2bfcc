import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type PrimitiveValueListNode,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
  type ValueNode,
} from 'kysely';
import { Temporal } from 'temporal-polyfill';

/**
 * How PostgreSQL's text becomes a value, by the type's oid, the same on both engines: `int8` and `numeric` as numbers,
 * `date` as PlainDate (never a midnight in some zone), `timestamptz` as Instant, `interval` as Duration.
 */
export const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number,
  1082: (text) => Temporal.PlainDate.from(text),
  1184: (text) => Temporal.Instant.from(text.replace(' ', 'T')),
  1186: asDuration,
  1700: Number,
};

/** Reads `1 year 2 mons 3 days 04:05:06.789`, as PostgreSQL writes an interval. */
function asDuration(text: string): Temporal.Duration {
  const whole = (unit: string) => Number(new RegExp(`(-?\\d+) ${unit}`).exec(text)?.[1] ?? 0);
  const [, sign, hours, minutes, seconds, fraction] =
    /(-?)(\d+):(\d+):(\d+)(?:\.(\d+))?$/.exec(text) ?? ([] as (string | undefined)[]);
  const signed = (digits: string | undefined) => Number(digits ?? 0) * (sign === '-' ? -1 : 1);
  return Temporal.Duration.from({
    years: whole('year'),
    months: whole('mon'),
    days: whole('day'),
    hours: signed(hours),
    minutes: signed(minutes),
    seconds: signed(seconds),
    microseconds: signed(fraction?.padEnd(6, '0')),
  });
}

/** Lets Temporal's days and instants be given anywhere in a query, alone or in an array. */
export class TemporalValues implements KyselyPlugin {
  private readonly transformer = new ValuesAsText();

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.transformer.transformNode(node, queryId);
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}

class ValuesAsText extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return { ...node, value: asText(node.value) };
  }

  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...node, values: node.values.map(asText) };
  }
}

function asText(value: unknown): unknown {
  if (value instanceof Temporal.Instant) return instantText(value);
  if (value instanceof Temporal.PlainDate) return value.toString();
  return Array.isArray(value) ? value.map(asText) : value;
}

/**
 * An instant as PostgreSQL reads it. Through Date where that loses nothing: Temporal's own text takes ten times as long,
 * and a municipality's morning writes some tens of thousands.
 */
export function instantText(instant: Temporal.Instant): string {
  const { epochNanoseconds } = instant;
  if (epochNanoseconds % 1_000_000n !== 0n) return instant.toString();
  return new Date(Number(epochNanoseconds / 1_000_000n)).toISOString();
}
