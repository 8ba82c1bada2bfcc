import type { Translator } from '../locales/translator.ts';
import type { HoldReason } from '../services/storage/tables/morning.ts';

/** Why a morning or a reading is held, as a sentence with its figures. */
export function holdReasonText(reason: HoldReason, words: Translator): string {
  switch (reason.kind) {
    case 'fewLessonsReported': {
      const { reported, started: count, least } = reason;
      return words.t('school.fewLessonsReported', { reported, count, least: words.percent(least) });
    }
    case 'manyAbsent': {
      const { absent, pupils, usual } = reason;
      return words.t('school.manyAbsent', { absent, pupils, usual });
    }
    case 'noLessons':
      return words.t('school.noLessons');
  }
}
