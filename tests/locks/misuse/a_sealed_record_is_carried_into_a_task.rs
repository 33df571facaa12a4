//! A task may outlive the unit.

use authz::{
    desk::{Reading, Session},
    fault::Stop,
    id::FileId,
};
use domain::file::find::find;

async fn leak(session: &mut Session<'_, Reading>, id: FileId) -> Result<(), Stop> {
    let file = find(session, id).await?;
    tokio::task::spawn_local(async move { drop(file) });
    Ok(())
}

fn main() {}
