//! What the command box offers while a command is being written.

use crate::replication::RequestId;
use crate::teaching::script::{Names, Statement, complete};

fn check(before_cursor: &str, expected: &[&str]) {
    let mut names = Names::default();
    names.add(RequestId(1));
    assert_eq!(complete(before_cursor, &names), expected, "{before_cursor:?}");
}

#[test]
fn what_could_come_next_is_offered() {
    check("c", &["crash", "cut", "cpu"]);
    check("crash ", &["md-db-4", "md-db-2", "sg-db-1"]);
    check("crash md", &["md-db-4", "md-db-2"]);
    check("cut md-db-4 ", &[">", "md-db-2", "sg-db-1"]);
    check("cut md-db-4 >", &["md-db-2", "sg-db-1"]);
    check("promote sg-db-1 ", &["force"]);
    check("reserve C2", &["C20", "C21", "C22", "C23", "C24"]);
    check("reserve C14 for 5521 ", &["at", "as"]);
    check("reserve C14 for 5521 as ", &["r2"]);
    check("retry ", &["r1"]);
    check("read C14 for 5521 at sg-db-1 ", &["local", "leader", "linearizable", "token", "bounded"]);
    check("read C14 at sg-db-1 token ", &["r1"]);
    check("read C14 ", &["for", "at", "as"]);
    check("set reads=", &["any", "leader", "token"]);
    check(
        "set ",
        &[
            "ack=",
            "sync=",
            "timeout=",
            "bound=",
            "batch=",
            "retain=",
            "window=",
            "chunk=",
            "throttle=",
            "reads=",
            "failover=",
            "terms=",
            "lease=",
            "gateway-token=",
        ],
    );
    check("set ack=leader", &["leader-memory", "leader-fsync"]);
    check("set sync=md-db-4,", &["md-db-2", "sg-db-1"]);
    check("partition md-db-4 ", &["md-db-2", "sg-db-1", "|"]);
    check("partition md-db-4 md-db-2 ", &["|"]);
    check("link md-db-4 md-db-2 latency=1ms ", &["jitter=", "loss=", "duplicate=", "reorder=", "bandwidth="]);
    check("run ", &["until"]);
    check("run until r1 p", &["pending"]);
    check("run until no ", &["leader", "violation"]);
    check("run until no leader ", &["within"]);
    check("expect not violation l", &["log-matching", "leader-completeness", "linearizable-reads-fresh"]);
}

#[test]
fn nothing_is_offered_where_nothing_can_be() {
    check("crsh ", &[]);
    check("crash md-db-9 ", &[]);
    check("crash md-db-4 ", &[]);
    check("crash # ", &[]);
    check("run ünti", &[]);
    check("reserve C14 for ", &[]);
}

#[test]
fn whatever_is_offered_first_leads_to_a_command() {
    let names = Names::default();
    for begun in
        ["crash", "restart", "demote", "promote", "cut", "partition", "disk", "expect no", "set ack", "set sync"]
    {
        let mut line = format!("{begun} ");
        for _ in 0..6 {
            if Statement::parse(&line, &names).is_ok() {
                break;
            }
            let Some(word) = complete(&line, &names).into_iter().next() else { break };
            line.push_str(&word);
            if !word.ends_with('=') {
                line.push(' ');
            }
        }
        let complete_or_needs_a_value = Statement::parse(&line, &names).is_ok() || line.ends_with('=');
        assert!(complete_or_needs_a_value, "{line}");
    }
}
