import type { Translator } from '../locales/translator.ts';
import type { WeekDigestView } from '../services/digest/digest-view.ts';
import { complianceText } from './compliance-text.ts';
import { cardTemplate } from './render.ts';
import { asLabel, asText } from './text.ts';
import { weekChart } from './week-chart.ts';
import template from './week-digest.json' with { type: 'json' };

const render = cardTemplate(template);

/** A school's week for its coordinators: how many were followed up, how many reached, and how soon. */
export function weekDigestCard(view: WeekDigestView, words: Translator): object {
  const followUps = view.days.reduce((sum, day) => sum + day.followUps, 0);
  const contacted = view.days.reduce((sum, day) => sum + day.contacted, 0);
  return render({
    lang: words.language,
    title: words.t('digest.weekTitle', { name: asText(view.schoolName), week: view.week }),
    fallback: weekDigestSummary(view, words),
    lead: words.t('digest.weekLead', { contacted, followUps }),
    before:
      view.before.followUps === 0
        ? ''
        : words.t('digest.weekBefore', {
            contacted: view.before.contacted,
            followUps: view.before.followUps,
          }),
    days: view.days.map((day) => ({
      title: words.date(day.day),
      value: [
        words.t('digest.weekDay', { contacted: day.contacted, followUps: day.followUps }),
        day.medianMinutes === undefined ? '' : words.t('digest.weekMedian', { count: day.medianMinutes }),
      ]
        .filter(Boolean)
        .join(' · '),
    })),
    ...weekChart(view.days, words),
    complianceTitle: words.t('compliance.title'),
    compliance: complianceLines(view, words).map((text) => ({ text })),
  });
}

const MOST_LEVELS = 12;

/** The week and the term, and the term by level. */
function complianceLines({ compliance }: WeekDigestView, words: Translator): readonly string[] {
  if (compliance === undefined) return [];
  const { week, term, levels } = compliance;
  return [
    words.t('compliance.week', { figures: complianceText(week, words) }),
    words.t('compliance.term', { figures: complianceText(term, words) }),
    ...levels.slice(0, MOST_LEVELS).map((level) =>
      words.t('compliance.levelLine', {
        name: asText(level.name),
        figures: complianceText(level.term, words),
      }),
    ),
  ];
}

/** The text of the notification. */
export function weekDigestSummary(view: WeekDigestView, words: Translator): string {
  return words.t('digest.weekTitle', { name: asLabel(view.schoolName), week: view.week });
}
