import type { Translator } from '../locales/translator.ts';
import type { ContactTime } from '../services/digest/contact-time.ts';

/** Days of follow-ups as a chart, and the same in words for where the chart is not drawn or not seen. */
export function weekChart(days: readonly ContactTime[], words: Translator) {
  return {
    chartTitle: words.t('digest.chartTitle'),
    legendAll: words.t('digest.followUps'),
    legendContacted: words.t('school.contacted'),
    chart: days.map((one) => ({
      day: words.shortDay(one.day),
      followUps: one.followUps,
      contacted: one.contacted,
    })),
    chartText: days
      .map((one) =>
        words.t('digest.chartDay', {
          day: words.shortDay(one.day),
          contacted: one.contacted,
          followUps: one.followUps,
        }),
      )
      .join(' · '),
  };
}
