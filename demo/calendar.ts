import type { SchoolCalendar } from '../services/config/municipality.ts';

/** The made-up municipality's school year, as its configuration says it and its timetable keeps it. */
export const demoCalendar: SchoolCalendar = {
  terms: [
    { from: '2026-08-18', to: '2026-12-18' },
    { from: '2027-01-11', to: '2027-06-10' },
  ],
  closed: [
    { name: 'Höstlov', from: '2026-10-26', to: '2026-10-30' },
    { name: 'Sportlov', from: '2027-02-15', to: '2027-02-19' },
    { name: 'Påsklov', from: '2027-03-22', to: '2027-03-29' },
  ],
  open: [],
};
