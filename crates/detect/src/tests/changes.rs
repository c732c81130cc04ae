//! What a finding becomes when something besides its rows changes, and when its key moves.

use super::bed::{Bed, SUBSIDY, THREE};
use super::lifecycle::{RESIDENT, four, how};
use crate::{FindingState, How, Mode, RunCause, VanishedCause};

#[tokio::test]
async fn a_key_that_comes_back_in_another_partition_is_the_same_finding() {
    let mut bed = Bed::new().await;
    bed.find_each_grant();
    let batch = bed.commit(SUBSIDY, vec![bed.subsidy("B1", RESIDENT, "2023-01-05")]).await.expect("a batch");
    bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    assert!(bed.withdraw(batch).await);
    bed.run(Mode::Auto, RunCause::BatchWithdrawn(batch)).await;
    let [gone] = bed.findings(THREE).await.try_into().expect("one finding");
    assert_eq!(gone.state, FindingState::Vanished(VanishedCause::BatchWithdrawn));

    let other = vec![bed.subsidy("B1", "330999199001012346", "2023-01-05")];
    let batch = bed.commit(SUBSIDY, other).await.expect("a batch");
    let run = bed.run(Mode::Auto, RunCause::BatchCommitted(batch)).await;
    assert_eq!(how(&run, THREE), How::Incremental);
    let [back] = bed.findings(THREE).await.try_into().expect("the same one");
    assert_eq!((back.id, back.state), (gone.id, FindingState::Returned));
    let full = bed.run(Mode::Full, RunCause::Asked).await;
    let result = full.results.iter().find(|result| result.model == THREE).expect("the model");
    assert_eq!((result.created, result.updated, result.vanished, result.returned), (0, 0, 0, 0));
}
