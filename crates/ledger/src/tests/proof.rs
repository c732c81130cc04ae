use super::scene::*;
use crate::*;

#[tokio::test]
async fn an_altered_sheet_or_data_file_is_named() {
    let scene = Scene::new().await;
    scene.sends(GRANTS, "甲,100,").await;
    scene.is_sound().await;
    let upload = scene.stages(GRANTS, "乙,1,").await.upload;
    let sheet = crate::sources::place(&scene.sources(), &upload.sm3);
    std::fs::write(&sheet, "编号,金额,日期\n乙,9,\n").expect("altered");
    let found = scene.alterations().await;
    assert_eq!(found, [Alteration::Source { file_name: "补贴.csv".into(), sm3: upload.sm3 }]);
    std::fs::remove_file(&sheet).expect("removed");
    assert_eq!(scene.alterations().await, found);

    let path = scene.lake.files(1).await.expect("files")[0].clone();
    let file = scene.lake.home().join("lake").join(&path);
    let mut bytes = std::fs::read(&file).expect("read");
    bytes[10] ^= 1;
    std::fs::write(&file, bytes).expect("altered");
    assert!(scene.alterations().await.contains(&Alteration::LakeFile { path }));
}
