import { isClosedCase, stageNamed } from '../../schema/catalogue/stages.ts';
import type { Value, Values } from '../../storage/table.ts';
import type { ObjectRule, RuleContext } from '../object-rule.ts';

/** A stage brings its probability and forecast category along, unless the caller gives others. */
function withStageDefaults(values: Values): Values {
  const stage = stageNamed(values['StageName']);
  if (!stage) return values;
  return { Probability: stage.probability, ForecastCategoryName: stage.forecastCategory, ...values };
}

export const opportunityRule: ObjectRule = {
  completeInsert: (_, values) => withStageDefaults(values),
  completeUpdate: (_, __, changes) => withStageDefaults(changes),
};

function closedDate({ org }: RuleContext, status: Value | undefined): Value {
  return isClosedCase(status) ? org.clock.timestamp() : null;
}

export const caseRule: ObjectRule = {
  completeInsert: (context, values) => ({ ...values, ClosedDate: closedDate(context, values['Status']) }),
  completeUpdate: (context, record, changes) => {
    const isReopenedOrClosed =
      'Status' in changes && isClosedCase(changes['Status']) !== isClosedCase(record.get('Status'));
    return isReopenedOrClosed ? { ...changes, ClosedDate: closedDate(context, changes['Status']) } : changes;
  },
};
