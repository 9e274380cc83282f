var bulletin=bulletin||{};bulletin.excerpts=(()=>{"use strict";const LENGTH=110;const SHORTEST=60;const LEAD=45;const MOST_SPANS=2000;const SENTENCE_END=/[。！？；!?;\n]/;const CLAUSE_END=/[，：、]/;const CLOSING_MARK=/[”’」』）》)\]]/;const WHITE_SPACE=/\s/;const ELLIPSIS={text:"…",match:false};const CLUSTER=/[^](?:[\p{M}\u1160-\u11FF\uFF9E-\uFFDC\u200B-\u200D\uFEFF])*/gu;function spans(text,wanted){const starts=[];const ends=[];let whole="";let position=0;for(const cluster of text.match(CLUSTER)||[]){const piece=bulletin.text.literal(cluster);for(let unit=0;unit<piece.length;unit+=1){starts.push(position);ends.push(position+cluster.length);}
whole+=piece;position+=cluster.length;}
const found=[];wanted.forEach((literal,number)=>{let at=literal===""?-1:whole.indexOf(literal);for(let count=0;at!==-1&&count<MOST_SPANS;count+=1){const end=at+literal.length;found.push({start:starts[at],end:ends[end-1],wanted:number});at=whole.indexOf(literal,end);}});return found.sort((a,b)=>a.start-b.start||b.end-a.end);}
function closest(found){const inside=new Map();let best={first:0,last:0,different:0};let last=-1;for(let first=0;first<found.length;first+=1){while(last+1<found.length&&(last<first||found[last+1].end-found[first].start<=LENGTH-LEAD)){last+=1;inside.set(found[last].wanted,(inside.get(found[last].wanted)||0)+1);}
if(inside.size>best.different){best={first:first,last:last,different:inside.size};}
const left=(inside.get(found[first].wanted)||0)-1;if(left===0){inside.delete(found[first].wanted);}else{inside.set(found[first].wanted,left);}}
return found.slice(best.first,best.last+1);}
function beginning(text,match,lead){const earliest=Math.max(0,match-lead);for(let position=earliest;position<=match;position+=1){if(position===0||endsSentence(text,position)){return position;}}
for(let position=earliest;position<=match;position+=1){if(CLAUSE_END.test(text.charAt(position-1))){return position;}}
return whole(text,Math.max(earliest,match-Math.floor(lead/2)));}
function ending(text,start,needed){const latest=Math.max(start+LENGTH,Math.min(needed,start+LENGTH+LEAD));if(latest>=text.length){return text.length;}
const earliest=Math.max(needed,start+SHORTEST);for(let position=latest;position>=earliest;position-=1){if(endsSentence(text,position)){return position;}}
for(let position=latest+1;position<=start+LENGTH+LEAD;position+=1){if(position>=text.length||endsSentence(text,position)){return position;}}
for(let position=latest;position>=earliest;position-=1){if(CLAUSE_END.test(text.charAt(position))){return position;}}
return whole(text,latest);}
function spared(found,position){let start=position;let end=position;for(const span of found){if(span.start<position&&position<span.end&&span.end-span.start<=LEAD){start=Math.min(start,span.start);end=Math.max(end,span.end);}}
return{start:start,end:end};}
function endsSentence(text,position){let before=position-1;if(CLOSING_MARK.test(text.charAt(position))){return false;}
while(before>0&&CLOSING_MARK.test(text.charAt(before))){before-=1;}
return before>=0&&SENTENCE_END.test(text.charAt(before));}
function whole(text,position){const point=position>0?text.codePointAt(position-1):0;return point!==undefined&&point>0xffff?position-1:position;}
function mark(text,found,start,end){const parts=[];let done=start;let from=start;let to=start;const push=(end,match)=>{if(end>done){parts.push({text:text.slice(done,end),match:match});done=end;}};for(const span of found){const begins=Math.max(span.start,start);if(begins<Math.min(span.end,end)){if(begins>to){push(from,false);push(to,true);from=begins;}else if(from===to){from=begins;}
to=Math.max(to,Math.min(span.end,end));}}
push(from,false);push(to,true);push(end,false);return parts;}
function excerpt(text,wanted,compared,atEnd){const found=spans(compared||text,wanted);const shown=found.length===0?[]:closest(found);const last=atEnd?Math.max(0,text.length-SHORTEST/2):0;const match=shown.length===0?last:shown[0].start;const needed=shown.reduce((end,span)=>Math.max(end,span.end),match);const lead=Math.max(0,Math.min(LEAD,LENGTH-(needed-match)),LENGTH-(text.length-match));const cutAt=beginning(text,match,lead);let start=spared(found,cutAt).start;let end=spared(found,ending(text,cutAt,needed)).end;const cutBefore=start>0&&!endsSentence(text,start);const cutAfter=end<text.length&&!endsSentence(text,end)&&text.charAt(end)!=="\n";while(start<end&&WHITE_SPACE.test(text.charAt(start))){start+=1;}
while(start<end&&WHITE_SPACE.test(text.charAt(end-1))){end-=1;}
const firstShown=found.find((span)=>span.start>=start);return{parts:(cutBefore?[ELLIPSIS]:[]).concat(mark(text,found,start,end),cutAfter?ELLIPSIS:[]),at:found.length===0?-1:found[0].start,shownAt:firstShown===undefined?-1:firstShown.start,};}
function highlight(text,wanted,compared){return mark(text,spans(compared||text,wanted),0,text.length);}
function printed(text,wanted,compared){return spans(compared,wanted).map((span)=>bulletin.text.literal(text.slice(span.start,span.end)));}
return{excerpt:excerpt,highlight:highlight,printed:printed};})();bulletin.excerpt=bulletin.excerpts.excerpt;bulletin.highlight=bulletin.excerpts.highlight;
