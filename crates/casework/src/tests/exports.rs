//! What pack SQL sees of people's work, and what a figure's records rest on.

use mingcha_domain::{Value, Yuan};

use super::inspections::{checklist, visit};
use super::laws;
use super::scene::*;
use crate::*;

fn text(value: &Value) -> &str {
    value.as_text().unwrap_or_default()
}

laws! {
    async fn every_table_gives_one_value_per_column(scene: Scene) {
        let problem = scene.closed(&[1, 2]).await;
        scene.case(3).await;
        let recovery = RecordRecovery {
            problem: scene.problem_seen(problem).await,
            resident_id: Some(person(1).resident_id),
            amount: Yuan::from_fen(80_050),
            recovered_on: day("2023-12-28"),
            returned_to: "区财政专户".into(),
        };
        record_recovery(scene.desk(&scene.clerk).await, recovery).await.expect("recorded");
        let tables = export_ops(&mut scene.reading(&scene.console).await).await.expect("exported");
        let empty = ops_tables();
        assert_eq!(tables.len(), empty.len());
        for (table, empty) in tables.iter().zip(&empty) {
            assert_eq!((&table.name, &table.columns), (&empty.name, &empty.columns));
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.name);
        }
        let table = |name: &str| tables.iter().find(|table| table.name == name).expect("a table");
        let at = |name: &str, column: &str| {
            table(name).columns.iter().position(|(known, _)| known == column).expect("a column")
        };
        let row = &table("problem").rows[0];
        assert_eq!(text(&row[at("problem", "_ref")]), format!("problem:{problem}"));
        assert_eq!(text(&row[at("problem", "state")]), "closed");
        assert_eq!(row[at("problem", "findings")], Value::Int(2));
        assert_eq!(row[at("problem", "linked")], Value::Bool(true));
        assert_eq!(row[at("problem", "recheck")], Value::Bool(false));
        assert_eq!(row[at("problem", "closed_on")], Value::Day(day("2023-12-29")));
        let row = &table("recovery").rows[0];
        assert_eq!(row[at("recovery", "amount")], Value::Decimal(Yuan::from_fen(80_050).decimal()));
        assert_eq!(text(&row[at("recovery", "person")]), person(1).resident_id);
        assert_eq!(text(&table("problem_person").rows[0][at("problem_person", "problem_number")]), "2023-定海-问0001");
        assert_eq!(table("case_file").rows.len(), 3);
    }

    async fn a_record_leads_to_its_findings_by_reference_or_number(scene: Scene) {
        let problem = scene.closed(&[1, 2]).await;
        scene.run(&[gone(2, RecheckCause::BatchWithdrawn)]).await;
        let lone = scene.case(3).await;
        let person = scene.problem_page(problem).await.persons[0].id.clone();
        let references = [
            format!("problem:{problem}"),
            "2023-定海-问0001".to_owned(),
            format!("problem_person:{person}"),
            format!("case_file:{lone}"),
            "problem:nobody".to_owned(),
        ];
        let rests = rests_on(&mut scene.reading(&scene.console).await, &references).await.expect("asked");
        for rest in &rests[..3] {
            assert_eq!((rest.problem, rest.findings.as_slice()), (Some(problem), [finding(1), finding(2)].as_slice()));
            assert_eq!(rest.recheck.as_deref(), Some("batch_withdrawn"));
        }
        assert_eq!((rests[3].problem, rests[3].findings.as_slice()), (None, [finding(3)].as_slice()));
        assert!(rests[4].findings.is_empty());
        assert_eq!(rests.iter().map(|rest| &rest.reference).collect::<Vec<_>>(), references.iter().collect::<Vec<_>>());
    }

    async fn the_list_behind_a_figure_shows_only_records_within_reach(scene: Scene) {
        let problem = scene.closed(&[1]).await;
        let person = scene.problem_page(problem).await.persons[0].id.clone();
        let references = [format!("problem:{problem}"), format!("problem_person:{person}"), "indicator:1".to_owned()];
        for (who, sees) in [
            (&scene.supervisor, [true, true, true]),
            (&scene.clerk, [true, true, true]),
            (&scene.other_clerk, [false, false, true]),
            (&scene.inspector, [false, false, true]),
        ] {
            let rests = rests_on(&mut scene.reading(who).await, &references).await.expect("asked");
            assert_eq!(rests.iter().map(|rest| rest.seen).collect::<Vec<_>>(), sees, "{}", who.login);
        }
    }

    async fn of_another_units_record_nothing_is_told_however_it_is_named(scene: Scene) {
        let problem = scene.closed(&[1]).await;
        scene.case(2).await;
        let recovery = RecordRecovery {
            problem: scene.problem_seen(problem).await,
            resident_id: None,
            amount: Yuan::from_fen(80_050),
            recovered_on: day("2023-12-28"),
            returned_to: "区财政专户".into(),
        };
        let recovery = record_recovery(scene.desk(&scene.clerk).await, recovery).await.expect("recorded");
        let inspector = scene.desk(&scene.inspector).await;
        let visit = record_inspection(inspector, &checklist(), visit()).await.expect("taken");
        let references = [
            "2023-定海-问0001".to_owned(),
            recovery.number,
            scene.page(scene.case_of(1).await).await.line.number,
            visit.number,
            scene.page(scene.case_of(2).await).await.line.number,
            "problem:nobody".to_owned(),
        ];
        for (who, sees) in [
            (&scene.supervisor, [true; 6]),
            (&scene.clerk, [true, true, true, true, false, false]),
            (&scene.other_clerk, [false; 6]),
            (&scene.inspector, [false, false, false, true, false, false]),
        ] {
            let rests = rests_on(&mut scene.reading(who).await, &references).await.expect("asked");
            assert_eq!(rests.iter().map(|rest| rest.seen).collect::<Vec<_>>(), sees, "{}", who.login);
            for unseen in rests.iter().filter(|rest| !rest.seen) {
                let named = RestsOn { reference: unseen.reference.clone(), casework: true, ..RestsOn::default() };
                assert_eq!(unseen, &named);
            }
        }
    }
}
