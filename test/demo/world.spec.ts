import assert from 'node:assert/strict';
import { shownSchool } from '../../demo/configuration.ts';
import { makeUp } from '../../demo/municipality.ts';
import { demoWorld, rolesAt, viewerOf } from '../../demo/world.ts';
import { responsibleFor } from '../../services/people/responsible.ts';

for (const seed of [1, 2, 3]) {
  describe(`the people at the local Teams (seed ${seed})`, () => {
    const school = shownSchool(makeUp(seed));
    const { currentUser, users } = demoWorld(school) as {
      readonly currentUser: { readonly email: string };
      readonly users: readonly { readonly email: string }[];
    };
    const nobody = { contactPersons: new Map(), standIns: new Map() };
    const answering = (name: string) => {
      const group = school.groups.find((one) => one.kind === 'Mentor' && one.name === name);
      const mentorIds = group?.mentors.map(({ id }) => id) ?? [];
      return responsibleFor('p', { mentorIds }, nobody)?.staffId;
    };

    it('are the viewer and just five others, whom the local Teams wants', () => {
      const emails = [currentUser, ...users].map(({ email }) => email);

      assert.equal(emails.length, 6);
      assert.equal(new Set(emails).size, 6);
    });

    it('have the mentor who answers for 8B as the viewer, who is the coordinator too', () => {
      assert.equal(viewerOf(school).id, answering('8B'));
      assert.deepEqual(rolesAt(school).attendanceCoordinators, [currentUser.email]);
    });

    it('have the principal, one of the pupil-health team, and whoever answers for 8A and 8C among the others', () => {
      const emails = users.map(({ email }) => email);
      const { principals = [], ehtMembers = [] } = rolesAt(school);
      const wanted = ['8A', '8C'].map(answering);

      assert.ok(principals.every((email) => emails.includes(email)));
      assert.ok(emails.includes(ehtMembers[0] ?? ''));
      for (const mentor of school.teachers.filter(({ id }) => wanted.includes(id)))
        assert.ok(emails.includes(mentor.email));
    });
  });
}
