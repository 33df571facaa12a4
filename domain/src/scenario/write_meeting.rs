//! Writes one meeting of a scenario: who was called and came, what was brought, told and decided.

use authz::{
    acts::{Attend, CloseMeeting, Contribute, ConveneMeeting, OpenMeeting, RecordDecision, TellAtMeeting},
    fault::Fault,
    id::{AgencyId, FactId, fresh},
};
use chrono::TimeDelta;
use diesel::{ExpressionMethods, insert_into};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{
    format::Cell,
    format_mobilisation::{AgendaItem, Meeting, Mobilisation, Told},
    ids::{find, find_all},
    write::{LoadError, Paper, Place, Writer},
};
use crate::{
    disclosure::Channel,
    document::DocumentKind,
    meeting::{
        AgencyAnswer, ContributionBody, DecisionBody, Reply, Undertaking, invitation_uid, is_late,
        link_place, padded_line, place_place,
    },
    mobilisation::Move,
    schema::{
        disclosure, meeting, meeting_agenda, meeting_attendance, meeting_document, meeting_seat,
        oral_disclosure,
    },
    value::text::{LONGEST, several_lines},
};

/// What the rows of one meeting share.
struct Where {
    id: Uuid,
    cell: Uuid,
    file: Uuid,
}

impl Writer<'_> {
    pub(super) async fn meeting(
        &mut self,
        process: &Mobilisation,
        it: &Meeting,
        cell: &Cell,
        place: &Place<'_>,
    ) -> Result<(), LoadError> {
        let at = Where {
            id: find(&self.loaded.meetings, &it.key)?,
            cell: find(&self.loaded.cells, &process.cell)?,
            file: self.parts(place.file)?.id,
        };
        let line = |text: &Option<String>, there| -> Result<Option<Vec<u8>>, LoadError> {
            let Some(text) = text else { return Ok(None) };
            let plain = padded_line(text).map_err(|_| Fault::Stored)?;
            Ok(Some(place.key.seal(&there, &plain)?))
        };
        let chair = it.chair.as_ref().map(|user| find(&self.loaded.users, user)).transpose()?;
        let chair_agency = match chair {
            None => None,
            Some(chair) => Some(self.agency_now(chair).await?),
        };
        let triggered =
            process.steps.iter().filter(|step| step.by == Move::Trigger).map(|step| step.at).next_back();
        let hours = TimeDelta::hours(i64::from(cell.meeting_within_hours));
        let now = self.loading.now;
        insert_into(meeting::table)
            .values((
                meeting::id.eq(at.id),
                meeting::mobilisation_id.eq(find(&self.loaded.mobilisations, &process.key)?),
                meeting::cell_id.eq(at.cell),
                meeting::file_id.eq(at.file),
                meeting::kind.eq(it.kind.number()),
                meeting::mode.eq(it.mode.number()),
                meeting::starts_at.eq(it.starts_at),
                meeting::ends_at.eq(it.ends_at),
                meeting::place_sealed.eq(line(&it.place, place_place(at.id))?),
                meeting::link_sealed.eq(line(&it.link, link_place(at.id))?),
                meeting::invitation_uid.eq(invitation_uid(|| fresh(now)).map_err(|_| Fault::Keys)?),
                meeting::late.eq(is_late(triggered, it.kind, it.starts_at, hours)),
                meeting::short_of_quorum.eq(i16::try_from(it.seats.len()).unwrap_or(i16::MAX) < cell.quorum),
                meeting::convened_by.eq(find(&self.loaded.users, &it.by)?),
                meeting::convened_at.eq(it.convened_at),
                meeting::changed_at.eq(it.convened_at),
                meeting::opened_at.eq(it.opened_at),
                meeting::chair.eq(chair),
                meeting::chair_agency.eq(chair_agency),
                meeting::closed_at.eq(it.closed_at),
                meeting::cancelled_at.eq(it.cancelled_at),
            ))
            .execute(self.conn)
            .await?;
        self.tell_act::<ConveneMeeting>(place.file, &it.by, it.convened_at).await?;
        if let (Some(chair), Some(opened)) = (&it.chair, it.opened_at) {
            self.tell_act::<OpenMeeting>(place.file, chair, opened).await?;
            if let Some(closed) = it.closed_at {
                self.tell_act::<CloseMeeting>(place.file, chair, closed).await?;
            }
        }
        self.seats(it, &at).await?;
        self.attendance(it, &at, place).await?;
        self.agenda(it, &at, place).await?;
        self.words(it, &at, place).await?;
        self.told(it, &at, place).await
    }

    async fn seats(&mut self, it: &Meeting, at: &Where) -> Result<(), LoadError> {
        for seat in &it.seats {
            let person = find(&self.loaded.users, &seat.person)?;
            let substitute = seat.substitute.as_ref().map(|user| find(&self.loaded.users, user));
            let answered = it.opened_at.unwrap_or(it.convened_at);
            insert_into(meeting_seat::table)
                .values((
                    meeting_seat::meeting_id.eq(at.id),
                    meeting_seat::agency_id.eq(find(&self.loaded.agencies, &seat.agency)?),
                    meeting_seat::cell_id.eq(at.cell),
                    meeting_seat::file_id.eq(at.file),
                    meeting_seat::account_id.eq(person),
                    meeting_seat::substitute_id.eq(substitute.transpose()?),
                    meeting_seat::capacity.eq(seat.capacity.number()),
                    meeting_seat::reply.eq(seat.reply.map(Reply::number)),
                    meeting_seat::replied_at.eq(seat.reply.map(|_| it.convened_at)),
                    meeting_seat::answer.eq(seat.answer.map(AgencyAnswer::number)),
                    meeting_seat::answer_reason.eq(&seat.answer_reason),
                    meeting_seat::answered_by.eq(seat.answer.map(|_| person)),
                    meeting_seat::answered_at.eq(seat.answer.map(|_| answered)),
                ))
                .execute(self.conn)
                .await?;
        }
        Ok(())
    }

    async fn attendance(&mut self, it: &Meeting, at: &Where, place: &Place<'_>) -> Result<(), LoadError> {
        let recorder = it.chair.as_ref().unwrap_or(&it.by);
        for (n, row) in it.attendance.iter().enumerate() {
            insert_into(meeting_attendance::table)
                .values((
                    meeting_attendance::id.eq(find(&self.loaded.parts, &it.part("attendance", n))?),
                    meeting_attendance::position.eq(position(n)?),
                    meeting_attendance::meeting_id.eq(at.id),
                    meeting_attendance::cell_id.eq(at.cell),
                    meeting_attendance::file_id.eq(at.file),
                    meeting_attendance::agency_id.eq(find(&self.loaded.agencies, &row.agency)?),
                    meeting_attendance::account_id.eq(find(&self.loaded.users, &row.person)?),
                    meeting_attendance::capacity.eq(row.capacity.number()),
                    meeting_attendance::arrived_at.eq(row.arrived_at),
                    meeting_attendance::undertaking.eq(&Undertaking::current()?.version),
                    meeting_attendance::undertaken_at.eq(row.arrived_at),
                    meeting_attendance::recorded_by.eq(find(&self.loaded.users, recorder)?),
                    meeting_attendance::departed_at.eq(row.departed_at.or(it.closed_at)),
                ))
                .execute(self.conn)
                .await?;
            self.tell_act::<Attend>(place.file, recorder, row.arrived_at).await?;
        }
        Ok(())
    }

    async fn agenda(&mut self, it: &Meeting, at: &Where, place: &Place<'_>) -> Result<(), LoadError> {
        for (n, item) in it.agenda.iter().enumerate() {
            let (code, document) = match item {
                AgendaItem::Coded(item) => (Some(&item.code), None),
                AgendaItem::Titled(item) => {
                    let paper = Paper {
                        name: it.part("title", n),
                        kind: DocumentKind::AgendaItem,
                        category: item.category,
                        person: &item.person,
                        by: &it.by,
                        at: it.convened_at,
                    };
                    (None, Some(self.paper(place, paper, &kept(&item.text)?).await?))
                }
            };
            insert_into(meeting_agenda::table)
                .values((
                    meeting_agenda::id.eq(find(&self.loaded.parts, &it.part("agenda", n))?),
                    meeting_agenda::meeting_id.eq(at.id),
                    meeting_agenda::cell_id.eq(at.cell),
                    meeting_agenda::file_id.eq(at.file),
                    meeting_agenda::position.eq(position(n)?),
                    meeting_agenda::code.eq(code),
                    meeting_agenda::document_id.eq(document),
                    meeting_agenda::added_at.eq(it.convened_at),
                ))
                .execute(self.conn)
                .await?;
        }
        Ok(())
    }

    /// What was brought and decided.
    async fn words(&mut self, it: &Meeting, at: &Where, place: &Place<'_>) -> Result<(), LoadError> {
        for (n, said) in it.contributions.iter().enumerate() {
            let facts = find_all(&self.parts(place.file)?.facts, &said.facts)?;
            let body = ContributionBody {
                text: kept(&said.text)?,
                certainty: said.certainty,
                known_on: said.known_on,
                facts: facts.into_iter().map(FactId::from_uuid).collect(),
            };
            let paper = Paper {
                name: it.part("contributions", n),
                kind: DocumentKind::Contribution,
                category: said.category,
                person: &said.person,
                by: &said.by,
                at: said.at,
            };
            let document = self.paper(place, paper, &body).await?;
            self.ties(document, said.at, at).await?;
            self.tell_act::<Contribute>(place.file, &said.by, said.at).await?;
        }
        for (n, decided) in it.decisions.iter().enumerate() {
            let dissent = find_all(&self.loaded.agencies, &decided.dissent)?;
            let body = DecisionBody {
                text: kept(&decided.text)?,
                kind: decided.kind,
                level: decided.level.clone(),
                dissent: dissent.into_iter().map(AgencyId::from_uuid).collect(),
            };
            let paper = Paper {
                name: it.part("decisions", n),
                kind: DocumentKind::Decision,
                category: decided.category,
                person: &decided.person,
                by: &decided.by,
                at: decided.at,
            };
            let document = self.paper(place, paper, &body).await?;
            self.ties(document, decided.at, at).await?;
            self.tell_act::<RecordDecision>(place.file, &decided.by, decided.at).await?;
        }
        Ok(())
    }

    async fn ties(
        &mut self,
        document: Uuid,
        added: chrono::DateTime<chrono::Utc>,
        at: &Where,
    ) -> Result<(), LoadError> {
        insert_into(meeting_document::table)
            .values((
                meeting_document::document_id.eq(document),
                meeting_document::meeting_id.eq(at.id),
                meeting_document::cell_id.eq(at.cell),
                meeting_document::file_id.eq(at.file),
                meeting_document::added_at.eq(added),
            ))
            .execute(self.conn)
            .await?;
        Ok(())
    }

    /// What was told aloud: on a consent, a row for each recipient; under a legal basis, the file's own acts.
    async fn told(&mut self, it: &Meeting, at: &Where, place: &Place<'_>) -> Result<(), LoadError> {
        let parts = self.parts(place.file)?;
        let mut row = 0;
        for telling in &it.told {
            let (mut facts, mut documents) = (Vec::new(), Vec::new());
            for item in &telling.items {
                match item {
                    Told::Fact(item) => facts.push(find(&parts.facts, &item.fact)?),
                    Told::Contribution(item) => {
                        let place = it.contributions.iter().position(|one| one.key == item.contribution);
                        let place = place.ok_or(Fault::Stored)?;
                        documents.push(find(&self.loaded.parts, &it.part("contributions", place))?);
                    }
                }
            }
            let teller = find(&self.loaded.users, &telling.by)?;
            let agency = self.agency_now(teller).await?;
            for recipient in &telling.recipients {
                insert_into(oral_disclosure::table)
                    .values((
                        oral_disclosure::id.eq(find(&self.loaded.parts, &it.part("told", row))?),
                        oral_disclosure::meeting_id.eq(at.id),
                        oral_disclosure::cell_id.eq(at.cell),
                        oral_disclosure::file_id.eq(at.file),
                        oral_disclosure::teller_id.eq(agency),
                        oral_disclosure::told_by.eq(teller),
                        oral_disclosure::told_at.eq(telling.at),
                        oral_disclosure::recipient_id.eq(find(&self.loaded.agencies, &recipient.agency)?),
                        oral_disclosure::capacity.eq(recipient.capacity.number()),
                        oral_disclosure::item_facts.eq(&facts),
                        oral_disclosure::item_documents.eq(&documents),
                        oral_disclosure::consent_id.eq(find(&parts.consents, &telling.consent)?),
                    ))
                    .execute(self.conn)
                    .await?;
                row += 1;
            }
            self.tell_act::<TellAtMeeting>(place.file, &telling.by, telling.at).await?;
        }
        for act in &it.disclosures {
            diesel::update(disclosure::table)
                .filter(disclosure::id.eq(find(&parts.disclosures, act)?))
                .set((disclosure::meeting_id.eq(at.id), disclosure::channel.eq(Channel::Oral.number())))
                .execute(self.conn)
                .await?;
        }
        Ok(())
    }
}

fn position(place: usize) -> Result<i16, LoadError> {
    i16::try_from(place + 1).map_err(|_| LoadError::Fault(Fault::Stored))
}

/// A text as an operation would keep it; the references were checked before.
pub(super) fn kept(text: &str) -> Result<String, LoadError> {
    several_lines(text, LONGEST).map_err(|_| LoadError::Fault(Fault::Stored))
}
