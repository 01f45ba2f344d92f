//! The table whose copies share: whatever is done to it, it is a map, and no copy notices what is done to another.
#![cfg(not(target_arch = "wasm32"))]

use harbor_point::replication::Table;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Change {
    Insert(u16, u32),
    /// At the end, so many.
    Extend(u16),
    Set(u16, u32),
    Remove(u16),
    SplitOff(u16),
    ForgetBefore(u16),
    /// Shares with an earlier copy what it can.
    Share(usize),
    /// Goes on with an earlier copy.
    Return(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let key = || 0..3000u16;
    prop_oneof![
        6 => (key(), any::<u32>()).prop_map(|(key, value)| Change::Insert(key, value)),
        4 => (1..200u16).prop_map(Change::Extend),
        2 => (key(), any::<u32>()).prop_map(|(key, value)| Change::Set(key, value)),
        4 => key().prop_map(Change::Remove),
        1 => key().prop_map(Change::SplitOff),
        1 => key().prop_map(Change::ForgetBefore),
        1 => (0..50usize).prop_map(Change::Share),
        1 => (0..50usize).prop_map(Change::Return),
    ]
}

type Map = BTreeMap<u16, u32>;

fn apply(table: &mut Table<(u16, u32)>, map: &mut Map, change: &Change) {
    match *change {
        Change::Insert(key, value) => {
            assert_eq!(table.insert((key, value)), map.insert(key, value).map(|before| (key, before)));
        }
        Change::Extend(count) => {
            let from = map.last_key_value().map_or(0, |(key, _)| key + 1);
            let rows = (from..from.saturating_add(count)).map(|key| (key, u32::from(key)));
            table.extend(rows.clone());
            map.extend(rows);
        }
        Change::Set(key, value) => {
            assert_eq!(table.get_mut(key).map(|row| row.1 = value), map.get_mut(&key).map(|old| *old = value));
        }
        Change::Remove(key) => assert_eq!(table.remove(key), map.remove(&key).map(|value| (key, value))),
        Change::SplitOff(key) => assert_eq!(table.split_off(key), map.split_off(&key).into_iter().collect::<Vec<_>>()),
        Change::ForgetBefore(key) => {
            table.forget_before(key);
            map.retain(|known, _| *known >= key);
        }
        Change::Share(_) | Change::Return(_) => {}
    }
}

fn check(table: &Table<(u16, u32)>, map: &Map, key: u16) {
    let rows = |rows: &mut dyn Iterator<Item = &(u16, u32)>| rows.copied().collect::<Vec<_>>();
    let pairs = |pairs: &mut dyn Iterator<Item = (&u16, &u32)>| pairs.map(|(k, v)| (*k, *v)).collect::<Vec<_>>();
    assert_eq!(rows(&mut table.iter()), pairs(&mut map.iter()));
    assert_eq!(rows(&mut table.backward()), pairs(&mut map.iter().rev()));
    assert_eq!(rows(&mut table.from(key)), pairs(&mut map.range(key..)));
    assert_eq!(rows(&mut table.before(key)), pairs(&mut map.range(..key).rev()));
    for count in [1, 33, 100] {
        assert_eq!(table.copied(key, count).to_vec(), pairs(&mut map.range(key..).take(count)), "{count} from {key}");
    }
    assert_eq!(table.get(key).map(|row| row.1), map.get(&key).copied());
    assert_eq!(table.first().copied(), map.first_key_value().map(|(k, v)| (*k, *v)));
    assert_eq!(table.last().copied(), map.last_key_value().map(|(k, v)| (*k, *v)));
    assert_eq!((table.len(), table.is_empty()), (map.len(), map.is_empty()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_is_a_map_and_its_copies_are_their_own(
        changes in prop::collection::vec(change(), 1..80),
        probes in prop::collection::vec(0..3000u16, 1..20),
    ) {
        let (mut table, mut map) = (Table::new(), Map::new());
        let mut copies = vec![(table.clone(), map.clone())];
        for change in &changes {
            if let Change::Return(place) = change {
                (table, map) = copies[place % copies.len()].clone();
            }
            if let Change::Share(place) = change {
                table.share_with(&copies[place % copies.len()].0);
            }
            apply(&mut table, &mut map, change);
            probes.iter().for_each(|key| check(&table, &map, *key));
            copies.push((table.clone(), map.clone()));
        }
        for (table, map) in &copies {
            check(table, map, probes[0]);
            prop_assert_eq!(table, &map.iter().map(|(key, value)| (*key, *value)).collect());
        }
        for pair in copies.windows(2) {
            prop_assert_eq!(pair[0].0 == pair[1].0, pair[0].1 == pair[1].1);
        }
    }
}
