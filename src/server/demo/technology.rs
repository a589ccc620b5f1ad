//! What Technology as a whole is about.

use crate::domain::okr::{State, Verdict};

use super::table::When::{First, Fourth, Second, Third};
use super::table::{ObjectiveRow, at_least, at_most, graded, milestones, objective, reach};

pub(super) const OBJECTIVES: &[ObjectiveRow] = &[
    objective(First, "We know what a cold flat feels like")
        .why("Half of Technology had never been in a house in winter. Nobody can design for a cellar from a desk.")
        .of("mirela", &["technology"])
        .under("warm")
        .known_by(&[
            reach("Engineers with three days on a crew", "people", 2.0, 20.0).by("bo").said(&[
                (2.0, 8, "Only Arjun and Hanna have ever carried a unit up a staircase."),
                (9.0, 8, ""),
                (16.0, 8, "Everybody comes back with a drawing of something to fix."),
                (19.0, 9, "Nineteen of twenty; one broken ankle, at football."),
            ]),
            reach("Faults found from data before a resident calls", "%", 8.0, 40.0).by("salma").said(&[
                (8.0, 6, ""),
                (15.0, 6, "Pressure drops are easy. Air in the pipes is not."),
                (24.0, 5, ""),
                (29.0, 5, "Good enough to build on, short of what we said."),
            ]),
            at_most("Time to see a house’s data in one place", "min", 5.0).by("bo").said(&[
                (45.0, 6, "Four tools and a spreadsheet."),
                (20.0, 7, ""),
                (4.0, 9, "One page a house. Care uses it more than we do."),
            ]),
        ])
        .learned(
            Verdict::Keep,
            "Three days on a crew changed more designs than a year of tickets. We keep it for everybody who joins. Finding \
             faults from data needs labelled faults, and those only the crews can give us.",
        ),
    objective(Second, "The Wren is ready to leave the nest")
        .why("Our own outdoor unit decides whether we are a company or an installer with a nice logo.")
        .of("mirela", &["technology", "device"])
        .under("wren-proven")
        .known_by(&[
            milestones("Certified and cleared for sale", &[
                ("Electrical safety passed", 1),
                ("Refrigerant safety passed", 1),
                ("Noise certificate", 2),
                ("First unit sold", 1),
            ])
            .by("tomasz")
            .said(&[
                (0.0, 8, "Lab booked for week five."),
                (1.0, 8, ""),
                (2.0, 6, "Noise: 3 dB above what we had measured ourselves. The lab is right, our microphone was not."),
                (2.0, 3, "The slot for the second noise test is in the next quarter. The launch slips; better now than on a wall."),
            ])
            .scored(0.4),
            reach("Units built on our own line", "units", 0.0, 60.0).by("goran").said(&[
                (0.0, 7, ""),
                (12.0, 8, "One every four hours. The wiring loom is the bottleneck."),
                (38.0, 8, ""),
                (54.0, 7, "We paused at 54, so as not to rebuild sixty fans."),
            ]),
            at_least("Efficiency over the season (SCOP)", "", 4.1).by("lena").said(&[
                (3.8, 6, ""),
                (4.0, 7, "The new coil is worth 0.2."),
                (4.2, 9, "4.2 on the test stand, confirmed by the lab."),
            ]),
        ])
        .learned(
            Verdict::Adapt,
            "We believed our own microphone for five months. From now on whatever a certificate depends on is measured by \
             somebody else first. The date slipped by one quarter; the unit is better for it.",
        ),
    objective(Third, "The Wren leaves the lab and earns its place")
        .key("wren-earns")
        .why("One quarter late, so this one has to be boring: certificates, real walls, real neighbours, real winters.")
        .of("mirela", &["technology", "device", "controls"])
        .under("wren-proven")
        .weighs(2)
        .known_by(&[
            milestones("Sold, hung and heard of", &[
                ("Noise certificate", 3),
                ("First Wren on a resident’s wall", 2),
                ("Ten houses without a complaint", 2),
                ("Named in the city’s list of quiet units", 1),
            ])
            .key("wren-sold")
            .by("tomasz")
            .weighs(2)
            .said(&[
                (0.0, 6, "Second slot at the lab is Thursday of week three. Nothing to do but wait and measure."),
                (1.0, 8, "Passed: 34.6 dB(A). There was cake, and it was eaten quietly."),
                (2.0, 8, "Hung at Kepler Street 9. The neighbour asked when we would switch it on. It was on."),
                (2.0, 7, "Six houses so far, no complaint. Four more need boards."),
            ]),
            reach("Houses with Wrens through a frost night", "houses", 0.0, 12.0).by("hanna").said(&[
                (0.0, 6, "No house, no frost. We rent a cold chamber meanwhile."),
                (2.0, 6, ""),
                (5.0, 7, "The mountain-road houses had −6 °C already: five nights, no defrost trouble."),
                (8.0, 7, "Eight. Weather decides about the rest."),
            ]),
            reach("Unplanned visits for each 100 Wrens", "visits", 9.0, 3.0).by("arjun").said(&[
                (9.0, 6, ""),
                (8.0, 7, "Two of three are loose sensor plugs. New clip from next week."),
                (6.0, 7, "The clip works."),
                (5.4, 8, ""),
            ]),
            graded(
                "A fix for a unit without going there",
                "Restart and reset from afar",
                "Four of the ten commonest faults cured from afar",
                "Eight of the ten commonest faults cured from afar",
            )
            .by("salma")
            .said(&[(0.0, 6, ""), (1.0, 8, "Restart from afar saved eleven trips in its first week."), (1.0, 7, "")]),
        ]),
    objective(Third, "Everybody builds on the same truth about a house")
        .key("truth")
        .why("Survey, plan, installation and service each keep their own idea of a house. Mistakes live in the gaps.")
        .of("bo", &["technology", "delivery"])
        .under("warm")
        .supports(&["install-right", "warm-promise"])
        .known_by(&[
            reach("Houses with one complete record", "houses", 4.0, 60.0).said(&[
                (4.0, 7, ""),
                (13.0, 7, "Import of the old surveys is slow: every surveyor has their own names for a valve."),
                (26.0, 7, ""),
                (41.0, 8, "Crews fill in gaps from the phone now. Eleven houses in a week."),
            ]),
            at_most("Visits that found something else than planned", "%", 10.0).by("isak").said(&[
                (31.0, 5, ""),
                (24.0, 6, "Most surprises are electrical: old fuse boxes nobody photographed."),
                (17.0, 6, "Half of what it was, still above the line."),
            ]),
            reach("Weekly readers of the house record", "people", 6.0, 40.0).by("salma").said(&[
                (6.0, 7, ""),
                (18.0, 8, ""),
                (33.0, 9, "Care opens it before picking up the phone."),
                (44.0, 9, "Over the target already: the co-ops’ caretakers asked for a login."),
            ]),
        ]),
    objective(Third, "A data room that sells our model to others")
        .why(
            "Dropped in week five, together: two co-op federations asked for our house models, but selling data about homes \
             is not what residents trusted us for. We wrote down what would have to change before we talk about it again.",
        )
        .of("salma", &["technology"])
        .under("warm")
        .state(State::Dropped)
        .known_by(&[
            reach("Federations that pay for a pilot", "federations", 0.0, 3.0)
                .said(&[
                    (0.0, 6, "Two interested, one of them very."),
                    (1.0, 5, "A letter of intent, and a good question from Care: have we asked the residents?"),
                    (1.0, 1, "We have not, and the answer would be no. Stopped; the letter is returned with thanks."),
                ])
                .missed(&[0, 1]),
            reach("Houses whose residents agreed", "%", 0.0, 80.0)
                .by("lucia")
                .said(&[(0.0, 3, ""), (4.0, 1, "Asked one house. Four per cent said yes. That is an answer.")])
                .missed(&[0, 1]),
        ]),
    objective(Fourth, "A winter that no resident notices")
        .why("The first winter with Wrens on walls. If it works, nobody will mention it, and that is the prize.")
        .of("mirela", &["technology"])
        .under("warm")
        .state(State::Proposed)
        .known_by(&[
            at_least("Homes at the temperature they asked for", "%", 99.5).every_time().by("salma"),
            reach("Faults cured before anybody is cold", "%", 46.0, 75.0).by("salma"),
            at_most("Nights in which somebody was called out", "nights", 6.0).by("bo"),
        ]),
];
